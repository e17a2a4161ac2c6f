import type { Directory } from '../identity/directory.ts';
import type { Principal } from '../identity/principal.ts';
import type { IssuedCredentials } from '../identity/temporary-credentials.ts';
import type { IdentityProviders } from '../saml/identity-providers.ts';
import type { Parameters } from './parameters.ts';
import type { XmlContent } from './xml.ts';

/** The context of an action that needs no signature. */
export interface UnsignedContext {
  readonly parameters: Parameters;
  readonly directory: Directory;
  readonly issued: IssuedCredentials;
  readonly identityProviders: IdentityProviders;
  /** The practice cloud's clock, milliseconds since the epoch. */
  readonly now: number;
  readonly totpWindowSteps: number;
  /** The effective lifetime of credentials (an override may shorten what was requested and allowed). */
  readonly lifetime: (seconds: number) => number;
}

/** Everything an action decides by. */
export interface ActionContext extends UnsignedContext {
  readonly principal: Principal;
}

/** Answers the content of `<NameResult>`, or throws an StsFault. */
export type Action = (context: ActionContext) => Exclude<XmlContent, undefined>;

/** An action whose caller is known by what the parameters carry, not by keys. */
export type UnsignedAction = (context: UnsignedContext) => Exclude<XmlContent, undefined>;
