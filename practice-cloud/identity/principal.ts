import type { Partition } from './arn.ts';
import type { SessionPolicies } from './session-policies.ts';

interface Identity {
  readonly partition: Partition;
  readonly accountId: string;
  /** As GetCallerIdentity shows them. */
  readonly arn: string;
  readonly userId: string;
}

/** A user signing with long-term keys. */
export interface UserPrincipal extends Identity {
  readonly kind: 'user';
}

/** A user signing with credentials of GetSessionToken. */
export interface UserSessionPrincipal extends Identity {
  readonly kind: 'userSession';
  /** Whether GetSessionToken was given an MFA code (`aws:MultiFactorAuthPresent`). */
  readonly mfa: boolean;
}

/** A role session, signing with credentials of AssumeRole. */
export interface RoleSessionPrincipal extends Identity {
  readonly kind: 'roleSession';
  readonly roleArn: string;
  /** With what it was assumed: decides about the length of its console session. */
  readonly assumedWith: 'longTermKeys' | 'temporaryCredentials' | 'saml' | 'identityCenter';
  readonly sourceIdentity: string | undefined;
  /** Keys of the tags passed to the next role of a chain. */
  readonly transitiveTagKeys: readonly string[];
  /** Limit what the role allows; undefined for a session without any. */
  readonly policies?: SessionPolicies | undefined;
}

/** Signing with credentials of GetFederationToken. */
export interface FederatedUserPrincipal extends Identity {
  readonly kind: 'federatedUser';
  /** The user whose keys asked for them. */
  readonly user: UserPrincipal;
  readonly policies?: SessionPolicies | undefined;
}

/** Who signed a request. */
export type Principal =
  UserPrincipal | UserSessionPrincipal | RoleSessionPrincipal | FederatedUserPrincipal;
