import { randomBytes } from 'node:crypto';
import type { Principal } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import type { TokenInfo } from '../../models/token.ts';
import { signToken, verifyToken, type TokenGrant } from './client-token.ts';
import { withDescendants } from './token-family.ts';

interface StartToken extends TokenGrant {
  /** Seconds since the epoch. */
  readonly revokedAt?: number;
}

/**
 * Tokens signed with a key that is made at every start and never stored: those of browser windows, and
 * what is made with them. They end with this owner, and work while the vault is locked.
 */
export class StartTokens {
  #key: Uint8Array = randomBytes(32);
  readonly #tokens = new Map<string, StartToken>();

  /** Replaces one of the same id. `requireMaker` throws where its maker was revoked meanwhile. */
  async issue(grant: TokenGrant, requireMaker: () => void = () => undefined): Promise<string> {
    const token = await signToken(grant, 'start', this.#key);
    requireMaker();
    for (const { tokenId, expiresAt } of this.#tokens.values()) {
      if (expiresAt < grant.issuedAt) this.#tokens.delete(tokenId);
    }
    this.#tokens.set(grant.tokenId, grant);
    return token;
  }

  /** `now` in milliseconds. */
  async verify(token: string, tokenId: string, now: number): Promise<Principal | undefined> {
    if (!this.isValid(tokenId)) return undefined;
    const principal = await verifyToken(token, this.#key, now);
    // It may have been revoked during the check.
    return this.isValid(tokenId) ? principal : undefined;
  }

  isValid(tokenId: string): boolean {
    const found = this.#tokens.get(tokenId);
    return found !== undefined && found.revokedAt === undefined;
  }

  /** Newest first. */
  list(): readonly TokenInfo[] {
    return [...this.#tokens.values()]
      .toReversed()
      .map(({ makerId, issuedAt, expiresAt, revokedAt, sessionId, ...same }) => ({
        ...same,
        scopes: [...same.scopes],
        ...(sessionId === undefined ? {} : { sessionId }),
        issuedAt: toInstant(issuedAt * 1000),
        expiresAt: toInstant(expiresAt * 1000),
        ...(revokedAt === undefined ? {} : { revokedAt: toInstant(revokedAt * 1000) }),
      }));
  }

  /** With what was made with it. `now` in seconds. Returns its name; undefined if there is no such valid token. */
  revoke(tokenId: string, now: number): string | undefined {
    const found = this.#tokens.get(tokenId);
    if (found === undefined || found.revokedAt !== undefined) return undefined;
    for (const id of withDescendants(tokenId, this.#tokens.values())) {
      const token = this.#tokens.get(id);
      if (token !== undefined) this.#tokens.set(id, { revokedAt: now, ...token });
    }
    return found.name;
  }

  revokeAll(now: number): void {
    this.#key = randomBytes(32);
    for (const [id, token] of this.#tokens) this.#tokens.set(id, { revokedAt: now, ...token });
  }

  forgetAll(): void {
    this.#tokens.clear();
  }
}
