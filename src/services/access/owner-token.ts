import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { scopesOfRole, type Principal } from '../../models/scope.ts';
import { replaceFile } from '../workspace/private-file.ts';
import { signToken, verifyToken } from './client-token.ts';

/**
 * The owner's own token: signed with a key that is made at every start and never stored, so that it
 * is good while the vault is locked and void once this owner is gone. That is its real end; the one
 * it states only has to lie behind it.
 */
export interface OwnerToken {
  readonly token: string;
  verify(token: string, now: number): Promise<Principal | undefined>;
  /** Takes the token file away, unless the next owner has put its own there already. */
  remove(): void;
}

const statedLife = 10 * 365 * 24 * 3600;

/** Makes the token and writes it to `file` (0600). Throws Problem 'file-unwritable'. */
export async function createOwnerToken(file: string, now: number): Promise<OwnerToken> {
  const key = randomBytes(32);
  const issuedAt = Math.floor(now / 1000);
  const grant = {
    tokenId: randomUUID(),
    name: 'owner',
    role: 'owner',
    scopes: scopesOfRole.owner,
    issuedAt,
    expiresAt: issuedAt + statedLife,
  } as const;
  const token = await signToken(grant, 'owner', key);
  await replaceFile(file, token);
  return {
    token,
    verify: (candidate, at) => verifyToken(candidate, key, at),
    remove: () => {
      try {
        if (readFileSync(file, 'utf8') === token) unlinkSync(file);
      } catch {
        // It is gone already, or cannot go: its key is void in either case.
      }
    },
  };
}
