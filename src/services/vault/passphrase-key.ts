import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import * as z from 'zod';
import { Problem } from '../../models/problem.ts';

/** scrypt (RFC 7914) with 128 MiB; limited on reading, so that no file can demand all memory. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;
const maxmem = 2 ** 31;
const shortest = 8;

/** The master key, encrypted with a key made from a passphrase. Everything in base64. */
export const wrappedKeySchema = z.strictObject({
  kdf: z.literal('scrypt'),
  N: z.literal([2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20]),
  r: z.literal(8),
  p: z.int().min(1).max(4),
  salt: z.base64().length(44),
  nonce: z.base64().length(16),
  wrapped: z.base64(),
  tag: z.base64().length(24),
});
export type WrappedKey = z.infer<typeof wrappedKeySchema>;

/** Throws Problem 'invalid-request' for a passphrase that is too short. */
export function checkNewPassphrase(passphrase: string): void {
  if (passphrase.length >= shortest) return;
  throw new Problem('invalid-request', {
    detail: `The vault's passphrase must have at least ${shortest} characters.`,
    next: 'Choose a longer one. Four words are easy to remember.',
  });
}

/** Of a change whose caller does not know the passphrase that counts. */
export function wrongCurrent(): Problem {
  return new Problem('invalid-request', {
    detail: 'The current passphrase does not open the vault. Nothing was changed.',
    next: 'Enter the passphrase that the vault has now.',
    errors: [{ field: 'current', message: 'must be the passphrase that the vault has now' }],
  });
}

/** Of a change that the next start would undo. */
export function otherMethodSet(wanted: 'keychain' | 'passphrase'): Problem {
  return new Problem('invalid-request', {
    detail: `The agent was started with STINT_SECRETS=${wanted}, which decides where the key is.`,
    next: 'Start the agent with the other value, or without STINT_SECRETS.',
  });
}

export async function wrapKey(masterKey: Buffer, passphrase: string): Promise<WrappedKey> {
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, cost), nonce);
  const wrapped = Buffer.concat([cipher.update(masterKey), cipher.final()]);
  return {
    kdf: 'scrypt',
    ...cost,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    wrapped: wrapped.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** The master key; undefined for a wrong passphrase. */
export async function unwrapKey(key: WrappedKey, passphrase: string): Promise<Buffer | undefined> {
  const derived = await derive(passphrase, Buffer.from(key.salt, 'base64'), key);
  const nonce = Buffer.from(key.nonce, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', derived, nonce, { authTagLength: 16 });
  decipher.setAuthTag(Buffer.from(key.tag, 'base64'));
  try {
    return Buffer.concat([decipher.update(Buffer.from(key.wrapped, 'base64')), decipher.final()]);
  } catch {
    return undefined;
  }
}

function derive(
  passphrase: string,
  salt: Buffer,
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Normalised, since keyboards differ in how they compose a letter (RFC 8265 §4.2.1).
    scrypt(passphrase.normalize('NFC'), salt, 32, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
