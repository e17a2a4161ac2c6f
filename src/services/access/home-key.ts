import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { replaceFile } from '../files/private-file.ts';

/**
 * The key pair by which a browser window recognises the next owner of its home (docs/decisions/0029).
 * ECDSA on P-256 with SHA-256, which Web Crypto has in every browser.
 */
export interface HomeKey {
  /** As SubjectPublicKeyInfo (RFC 5480), base64url. */
  readonly publicKey: string;
  /** The signature in the form of Web Crypto (IEEE P1363), base64url. */
  sign(text: string): string;
}

/**
 * The key pair in `file` (0600), which needs no vault; a new one where there is none that can be used.
 * If it cannot be written it lasts as long as this owner, and windows then end with it.
 */
export async function openHomeKey(file: string): Promise<HomeKey> {
  const kept = await readFile(file, 'utf8').then(keyIn, () => undefined);
  if (kept !== undefined) return homeKey(kept);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await replaceFile(file, String(pem)).catch(() => undefined);
  return homeKey(privateKey);
}

/** Undefined for anything but a private key on P-256. */
function keyIn(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}

function homeKey(privateKey: KeyObject): HomeKey {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    publicKey: publicKey.toString('base64url'),
    sign: (text) =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      ),
  };
}
