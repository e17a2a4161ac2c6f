import { createDecipheriv, createHash } from 'node:crypto';

/*
 * The text form of CryptoJS's AES with a passphrase, which is OpenSSL's: base64 of "Salted__", 8 bytes
 * of salt and the ciphertext. AES-256-CBC; key and vector come from the passphrase by EVP_BytesToKey with MD5 in
 * one round (CryptoJS guide, "Cipher Input"; EVP_BytesToKey(3)). It has no integrity check, so a wrong
 * passphrase shows only in what comes out.
 */

const block = 16;
const magic = Buffer.from('Salted__');

export interface Encrypted {
  readonly salt: Buffer;
  readonly ciphertext: Buffer;
}

/** The parts of an encrypted text, or undefined for any other text and for one that was cut off. */
export function readEncrypted(text: string): Encrypted | undefined {
  const base64 = text.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  const ciphertext = bytes.subarray(magic.length + 8);
  const isWhole = ciphertext.length > 0 && ciphertext.length % block === 0;
  if (!bytes.subarray(0, magic.length).equals(magic) || !isWhole) return undefined;
  return { salt: bytes.subarray(magic.length, magic.length + 8), ciphertext };
}

/**
 * `beginning`: the first block, for any passphrase. `text`: everything, or undefined where the end
 * or the encoding is not that of a text, as with a wrong passphrase or a damaged file.
 */
export function decrypt(
  { salt, ciphertext }: Encrypted,
  passphrase: string,
): { readonly beginning: string; readonly text: string | undefined } {
  const { key, vector } = keyAndVector(passphrase, salt);
  const first = createDecipheriv('aes-256-cbc', key, vector).setAutoPadding(false);
  const beginning = first.update(ciphertext.subarray(0, block)).toString('latin1');
  try {
    const all = createDecipheriv('aes-256-cbc', key, vector);
    const bytes = Buffer.concat([all.update(ciphertext), all.final()]);
    return { beginning, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { beginning, text: undefined };
  }
}

function keyAndVector(passphrase: string, salt: Buffer) {
  const digests: Buffer[] = [];
  for (let last = Buffer.alloc(0); digests.length < 3; digests.push(last)) {
    last = createHash('md5').update(last).update(passphrase, 'utf8').update(salt).digest();
  }
  const derived = Buffer.concat(digests);
  return { key: derived.subarray(0, 32), vector: derived.subarray(32) };
}
