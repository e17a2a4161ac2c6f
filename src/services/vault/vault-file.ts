import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import { wrappedKeySchema } from './passphrase-key.ts';

/*
 * The vault file: one line of JSON. `header` says how to find the master key and is authenticated
 * with the content (AES-256-GCM, NIST SP 800-38D; a fresh 96-bit nonce for every write). The
 * checksum tells damage from a wrong key; it protects nothing.
 */

export const masterKeyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Bytes as base64, of exactly the length they must have. */
const bytes = (length?: number) =>
  z
    .base64()
    .refine((text) => length === undefined || Buffer.from(text, 'base64').length === length);

const headerSchema = z.strictObject({
  format: z.literal('stint-vault'),
  version: z.literal(1),
  /** Names the keychain item, so that two homes of one user never share a key. */
  vaultId: z.uuid(),
  key: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('keychain') }),
    z.strictObject({ method: z.literal('passphrase'), ...wrappedKeySchema.shape }),
  ]),
});
export type VaultHeader = z.infer<typeof headerSchema>;

const envelopeSchema = z.strictObject({
  header: headerSchema,
  nonce: bytes(nonceBytes),
  content: bytes(),
  tag: bytes(tagBytes),
  checksum: z.hex().length(64),
});
export type VaultEnvelope = z.infer<typeof envelopeSchema>;

/** Pairs and no object: a name may be any text, `__proto__` too. */
const contentSchema = z.array(z.tuple([z.string(), z.string()]));

/** The secrets by name. */
export type Secrets = ReadonlyMap<string, string>;

/** Reads the envelope. Throws Problem 'vault-unreadable' for anything but a whole, known one. */
export function readEnvelope(text: string, file: string): VaultEnvelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, 'it is cut short or damaged', cause);
  }
  const version = (value as { header?: { version?: unknown } } | null)?.header?.version;
  if (typeof version === 'number' && version > 1) {
    throw new Problem('vault-unreadable', {
      detail: `The vault ${file} is of version ${version}, which this Stint does not know. Stint did not change it.`,
      next: 'Use the newer version of Stint.',
    });
  }
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success || checksumOf(parsed.data) !== parsed.data.checksum) {
    throw unreadable(file, 'it is damaged');
  }
  return parsed.data;
}

/** Encrypts all secrets with a new nonce. */
export function sealVault(header: VaultHeader, masterKey: Buffer, secrets: Secrets): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
  cipher.setAAD(authenticated(header));
  const plain = JSON.stringify([...secrets]);
  const content = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const sealed = {
    header,
    nonce: nonce.toString('base64'),
    content: content.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
  return `${JSON.stringify({ ...sealed, checksum: checksumOf(sealed) })}\n`;
}

/** Decrypts all secrets. Throws Problem 'vault-unreadable' for a wrong key. */
export function openEnvelope(envelope: VaultEnvelope, masterKey: Buffer, file: string): Secrets {
  try {
    const nonce = Buffer.from(envelope.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: tagBytes });
    decipher.setAAD(authenticated(envelope.header));
    decipher.setAuthTag(Buffer.from(envelope.tag, 'base64'));
    const plain = Buffer.concat([
      decipher.update(Buffer.from(envelope.content, 'base64')),
      decipher.final(),
    ]);
    return new Map(contentSchema.parse(JSON.parse(plain.toString('utf8'))));
  } catch (cause) {
    throw unreadable(file, 'its master key does not open it', cause);
  }
}

/** What to do about a vault that is damaged, gone, or without its key. */
export const restoreAdvice =
  'Put back a copy of the file, or the keychain it was made with. ' +
  'Or begin with an empty vault: stint doctor --new-vault';

/** Whether another copy of the file, or its key, is what helps. */
export function isDamage({ code, details }: Problem): boolean {
  return code === 'vault-unreadable' && details.next === restoreAdvice;
}

export function unreadable(file: string, why: string, cause?: unknown): Problem {
  return new Problem('vault-unreadable', {
    detail: `The vault ${file} cannot be read: ${why}. Stint did not change it.`,
    next: restoreAdvice,
    cause,
  });
}

function authenticated(header: VaultHeader): Buffer {
  return Buffer.from(JSON.stringify(header));
}

function checksumOf({ header, nonce, content, tag }: Omit<VaultEnvelope, 'checksum'>): string {
  return createHash('sha256')
    .update(JSON.stringify([header, nonce, content, tag]))
    .digest('hex');
}
