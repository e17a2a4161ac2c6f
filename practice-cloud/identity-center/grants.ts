import { randomBytes } from 'node:crypto';
import type { Center, CenterUser } from './center.ts';

/** A client as RegisterClient made it. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Milliseconds since the epoch, as every time here. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly issuerUrl: string | undefined;
}

export interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly center: Center;
  readonly expiresAt: number;
  /** Seconds that have to pass between two polls. */
  interval: number;
  lastLook: number | undefined;
  /** Who confirmed it, or that somebody refused it. */
  decision: CenterUser | 'denied' | undefined;
  used: boolean;
}

export interface AuthorizationCode {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly center: Center;
  readonly user: CenterUser;
  readonly expiresAt: number;
}

/** What somebody asked for at `/authorize` and has not yet decided on. */
export interface Visit {
  readonly id: string;
  readonly center: Center;
  /** Leads on once somebody is signed in. */
  readonly what:
    | {
        readonly kind: 'authorize';
        readonly clientId: string;
        readonly redirectUri: string;
        readonly state: string;
        readonly challenge: string;
      }
    | { readonly kind: 'device'; readonly userCode: string };
}

export interface Token {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly clientId: string;
  readonly center: Center;
  readonly user: CenterUser;
  readonly expiresAt: number;
}

/** Registered clients, codes and tokens. */
export class Grants {
  readonly registrations = new Map<string, Registration>();
  readonly devices = new Map<string, DeviceGrant>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly visits = new Map<string, Visit>();
  readonly #tokens = new Map<string, Token>();

  deviceByUserCode(userCode: string): DeviceGrant | undefined {
    return [...this.devices.values()].find((grant) => grant.userCode === userCode);
  }

  issue(token: Omit<Token, 'accessToken' | 'refreshToken'>, refreshable: boolean): Token {
    const issued = {
      ...token,
      accessToken: `aoa${secret(200)}`,
      refreshToken: refreshable ? `aor${secret(200)}` : undefined,
    };
    this.#tokens.set(issued.accessToken, issued);
    return issued;
  }

  token(accessToken: string): Token | undefined {
    return this.#tokens.get(accessToken);
  }

  /** Takes the token whose refresh token this is: it works once. */
  redeem(refreshToken: string): Token | undefined {
    const token = [...this.#tokens.values()].find((one) => one.refreshToken === refreshToken);
    if (token !== undefined) {
      this.#tokens.set(token.accessToken, { ...token, refreshToken: undefined });
    }
    return token;
  }

  /** Ends every token that `which` says. */
  revoke(which: (token: Token) => boolean): void {
    for (const token of [...this.#tokens.values()].filter(which)) {
      this.#tokens.delete(token.accessToken);
    }
  }
}

/** Never with a hyphen first, which commands would take for an option. */
export function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url').replace(/^-/, 'A');
}

/** Two groups of four letters without vowels, as RFC 8628 §6.1 advises. */
export function makeUserCode(): string {
  const letters = 'BCDFGHJKLMNPQRSTVWXZ';
  const group = () => [...randomBytes(4)].map((byte) => letters[byte % letters.length]).join('');
  return `${group()}-${group()}`;
}
