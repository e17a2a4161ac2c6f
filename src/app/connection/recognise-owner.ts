import { textsIn } from './texts-in.ts';
import { windowProofText } from '../../models/window-proof.ts';

/**
 * Whether an answer to the handshake was made with the private key of the home. `publicKey`:
 * SubjectPublicKeyInfo, base64url.
 */
export async function recognises(
  publicKey: string,
  challenge: { readonly port: number; readonly nonce: string },
  answer: unknown,
): Promise<boolean> {
  const signature = textsIn(answer, ['signature'])?.signature;
  if (signature === undefined) return false;
  try {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('spki', bytesOf(publicKey), algorithm, false, [
      'verify',
    ]);
    const text = new TextEncoder().encode(windowProofText(challenge));
    return await crypto.subtle.verify(algorithm, key, bytesOf(signature), text);
  } catch {
    // Neither a key nor a signature.
    return false;
  }
}

/** Throws for what is not base64url. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Random bytes as base64url, for a challenge. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
