import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { scopesOfRole, type Principal } from '../../models/scope.ts';
import { renewFile } from '../files/private-file.ts';
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
  /**
   * Writes the file again where it does not have the token: somebody removed or changed it. Throws
   * Problem 'file-unwritable'.
   */
  renewFile(): Promise<void>;
  /** Removes the token file, unless the next owner has already written its own. */
  remove(): void;
}

/** In seconds. */
const statedLifetime = 10 * 365 * 24 * 3600;

/** Makes the token and writes it to `file` (0600). Throws Problem 'file-unwritable'. */
export async function createOwnerToken(file: string, now: number): Promise<OwnerToken> {
  const key = randomBytes(32);
  const issuedAt = Math.floor(now / 1000);
  const token = await signToken(
    {
      tokenId: randomUUID(),
      name: 'owner',
      role: 'owner',
      scopes: scopesOfRole.owner,
      issuedAt,
      expiresAt: issuedAt + statedLifetime,
    },
    'owner',
    key,
  );
  await renewFile(file, token);
  const principal: Principal = {
    subject: 'owner',
    role: 'owner',
    scopes: new Set(scopesOfRole.owner),
  };
  let isRemoved = false;
  return {
    token,
    principal,
    verify: async (candidate, at) =>
      (await verifyToken(candidate, key, at)) === undefined ? undefined : principal,
    renewFile: async () => {
      if (isRemoved) return;
      const current = await readFile(file, 'utf8').catch(() => undefined);
      if (current !== token) await renewFile(file, token);
    },
    remove: () => {
      isRemoved = true;
      try {
        if (readFileSync(file, 'utf8') === token) unlinkSync(file);
      } catch {
        // It does not exist, or cannot be removed: its key is useless in either case.
      }
    },
  };
}
