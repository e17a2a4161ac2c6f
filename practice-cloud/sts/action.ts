import type { Directory } from '../identity/directory.ts';
import type { Principal } from '../identity/principal.ts';
import type { IssuedCredentials } from '../identity/temporary-credentials.ts';
import type { Parameters } from './parameters.ts';
import type { XmlContent } from './xml.ts';

/** Everything an action decides by. */
export interface ActionContext {
  readonly principal: Principal;
  readonly parameters: Parameters;
  readonly directory: Directory;
  readonly issued: IssuedCredentials;
  /** The practice cloud's clock, milliseconds since the epoch. */
  readonly now: number;
  readonly totpStepSeconds: number;
  /** How long credentials really live, given what was asked and allowed (a knob). */
  readonly lifetime: (seconds: number) => number;
}

/** Answers the content of `<NameResult>`, or throws an StsFault. */
export type Action = (context: ActionContext) => Exclude<XmlContent, undefined>;
