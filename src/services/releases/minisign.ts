import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

/*
 * Signatures of the program minisign (jedisct1.github.io/minisign, "Signature format"): Ed25519 over
 * the BLAKE2b-512 hash of the file. The older form over the file itself is not accepted.
 */

interface PublicKey {
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * Returns the trusted comment of a signature of `content` by `publicKey` (the base64 line of a .pub
 * file). Throws Error with the reason for everything else.
 */
export function verifyMinisign(content: Uint8Array, signature: string, publicKey: string): string {
  const { id, key } = readPublicKey(publicKey);
  const [, line = '', comment = '', global = ''] = signature.split(/\r?\n/);
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== 74) throw new Error('its signature is malformed');
  if (bytes.toString('latin1', 0, 2) !== 'ED') throw new Error('its signature is of another kind');
  if (bytes.toString('hex', 2, 10) !== id) throw new Error('another key has signed it');
  const own = bytes.subarray(10);
  const hash = createHash('blake2b512').update(content).digest();
  if (!verify(null, hash, key, own)) throw new Error('its signature does not belong to it');
  const prefix = 'trusted comment: ';
  const trusted = comment.startsWith(prefix) ? comment.slice(prefix.length) : '';
  const signed = Buffer.concat([own, Buffer.from(trusted)]);
  if (!verify(null, signed, key, Buffer.from(global, 'base64'))) {
    throw new Error('the comment of its signature was changed');
  }
  return trusted;
}

function readPublicKey(line: string): PublicKey {
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== 42 || bytes.toString('latin1', 0, 2) !== 'Ed') {
    throw new Error('the key of this build is malformed');
  }
  return {
    id: bytes.toString('hex', 2, 10),
    key: createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url', 10) },
      format: 'jwk',
    }),
  };
}
