import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { scopesOfRole, type Principal, type Role } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import { replaceFile } from '../files/private-file.ts';
import { signToken, verifyToken } from './client-token.ts';

/**
 * The owner's own token: signed with a key that is made at every start and never stored, so that it
 * is good while the vault is locked and void once this owner is gone. That is its real end; the one
 * it states only has to lie behind it.
 */
export interface OwnerToken {
  readonly token: string;
  /** Who carries it. */
  readonly principal: Principal;
  verify(token: string, now: number): Promise<Principal | undefined>;
  /** A pass of the browser window, by the same key. */
  windowToken(now: number): Promise<WindowToken>;
  /** Takes the token file away, unless the next owner has put its own there already. */
  remove(): void;
}

export interface WindowToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** In seconds, both. */
const statedLifetime = 10 * 365 * 24 * 3600;
const windowLifetime = 12 * 3600;

/** Makes the token and writes it to `file` (0600). Throws Problem 'file-unwritable'. */
export async function createOwnerToken(file: string, now: number): Promise<OwnerToken> {
  const key = randomBytes(32);
  const sign = async (role: Role, at: number, lifetime: number): Promise<WindowToken> => {
    const issuedAt = Math.floor(at / 1000);
    const grant = { tokenId: randomUUID(), name: role, role, scopes: scopesOfRole[role] };
    const expiresAt = issuedAt + lifetime;
    return {
      token: await signToken({ ...grant, issuedAt, expiresAt }, 'owner', key),
      expiresAt: toInstant(expiresAt * 1000),
    };
  };
  const { token } = await sign('owner', now, statedLifetime);
  await replaceFile(file, token);
  return {
    token,
    principal: { subject: 'owner', role: 'owner', scopes: new Set(scopesOfRole.owner) },
    verify: (candidate, at) => verifyToken(candidate, key, at),
    windowToken: (at) => sign('window', at, windowLifetime),
    remove: () => {
      try {
        if (readFileSync(file, 'utf8') === token) unlinkSync(file);
      } catch {
        // It is gone already, or cannot go: its key is void in either case.
      }
    },
  };
}
