import type { CallLog } from './control/call-log.ts';
import type { OverrideStore } from './control/overrides.ts';
import type { Entra } from './entra/entra.ts';
import type { Centers } from './identity-center/centers.ts';
import type { Directory } from './identity/directory.ts';
import type { IssuedCredentials } from './identity/temporary-credentials.ts';
import type { SigninTokens } from './signin/signin-tokens.ts';
import type { Subscriptions } from './resource-manager/subscriptions.ts';
import type { IdentityProviders } from './saml/identity-providers.ts';

/** Everything a practice cloud knows. It lives in memory and ends with the process. */
export interface CloudState {
  readonly directory: Directory;
  readonly issued: IssuedCredentials;
  readonly signinTokens: SigninTokens;
  readonly centers: Centers;
  /** Where Identity Center's services and pages are. */
  readonly ssoEndpoint: () => string;
  readonly identityProviders: IdentityProviders;
  /** Where the identity providers' pages are. */
  readonly samlEndpoint: () => string;
  readonly entra: Entra;
  readonly subscriptions: Subscriptions;
  readonly overrides: OverrideStore;
  readonly calls: CallLog;
  /** The practice cloud's clock, milliseconds since the epoch. */
  readonly now: () => number;
}
