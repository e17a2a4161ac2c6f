import { randomBytes } from 'node:crypto';
import { secret } from '../identity-center/grants.ts';
import type { Application } from './application.ts';
import type { AskedScopes } from './scopes.ts';
import type { Tenant } from './tenant.ts';
import type { EntraUser } from './user.ts';

/** Somebody who has signed in. */
export interface SignedIn {
  readonly user: EntraUser;
  /** The tenant it was for; the user's own when the client named none. */
  readonly tenant: Tenant;
  /** Whether a code was given as well as the password. */
  readonly mfa: boolean;
  /** Milliseconds since the epoch, as every time here. */
  readonly at: number;
  /** The user's at that time: a revocation ends it. */
  readonly era: number;
}

export interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly application: Application;
  /** As in the path: an id, a domain, `common` or `organizations`. */
  readonly authority: string;
  readonly scopes: AskedScopes;
  /** The client sent a claims challenge along. */
  readonly challenged: boolean;
  readonly expiresAt: number;
  decision: SignedIn | 'declined' | undefined;
  used: boolean;
}

export interface AuthorizationCode {
  readonly application: Application;
  /** The one it was asked of; `undefined` for `common` and `organizations`. */
  readonly tenant: Tenant | undefined;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scopes: AskedScopes;
  readonly nonce: string | undefined;
  readonly signedIn: SignedIn;
  readonly expiresAt: number;
  used: boolean;
}

export interface RefreshToken {
  readonly application: Application;
  readonly signedIn: SignedIn;
  readonly expiresAt: number;
}

/** Codes and refresh tokens. */
export class EntraGrants {
  readonly devices = new Map<string, DeviceGrant>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly #refreshTokens = new Map<string, RefreshToken>();

  deviceByUserCode(userCode: string): DeviceGrant | undefined {
    const wanted = userCode.trim().toUpperCase();
    return [...this.devices.values()].find((grant) => grant.userCode === wanted);
  }

  issueRefreshToken(token: RefreshToken): string {
    const text = `1.${secret(400)}`;
    this.#refreshTokens.set(text, token);
    return text;
  }

  refreshToken(text: string): RefreshToken | undefined {
    return this.#refreshTokens.get(text);
  }
}

/** Nine letters and digits, as Entra shows them. */
export function makeUserCode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return [...randomBytes(9)].map((byte) => letters[byte % letters.length]).join('');
}
