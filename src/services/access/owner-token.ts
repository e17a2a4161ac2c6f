import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { scopesOfRole, type Principal, type Role } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import { replaceFile } from '../files/private-file.ts';
import { signToken, verifyToken } from './client-token.ts';

/**
 * The owner's own token: signed with a key that is made at every start and never stored, so that it
 * works while the vault is locked and ends with this owner. The expiry it states is only a later
 * time.
 */
export interface OwnerToken {
  readonly token: string;
  /** The principal of the token. */
  readonly principal: Principal;
  verify(token: string, now: number): Promise<Principal | undefined>;
  /** An access token for the browser window, signed with the same key. */
  windowToken(now: number): Promise<WindowToken>;
  /** Removes the token file, unless the next owner has already written its own. */
  remove(): void;
}

export interface WindowToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** Both in seconds. */
const statedLifetimetime = 10 * 365 * 24 * 3600;
const windowLifetimetime = 12 * 3600;

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
  const { token } = await sign('owner', now, statedLifetimetime);
  await replaceFile(file, token);
  return {
    token,
    principal: { subject: 'owner', role: 'owner', scopes: new Set(scopesOfRole.owner) },
    verify: (candidate, at) => verifyToken(candidate, key, at),
    windowToken: (at) => sign('window', at, windowLifetimetime),
    remove: () => {
      try {
        if (readFileSync(file, 'utf8') === token) unlinkSync(file);
      } catch {
        // It does not exist, or cannot be removed: its key is useless in either case.
      }
    },
  };
}
