import {
  generateKeyPair as generateKeyPairCallback,
  createHash,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK, jwtVerify, SignJWT, type JWK, type JWTPayload } from 'jose';

const generateKeyPair = promisify(generateKeyPairCallback);

interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly kid: string;
  readonly jwk: JWK;
}

/** The key that tokens are signed with: RS256, made when it is first needed. */
export class TokenKey {
  #keys: Promise<Keys> | undefined;

  async sign(claims: JWTPayload): Promise<string> {
    const { privateKey, kid } = await this.#made();
    return await new SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })
      .sign(privateKey);
  }

  /**
   * The claims of a token that we signed, also after `exp`, which the caller checks.
   * `undefined` when it isn't one.
   */
  async claims(token: string): Promise<JWTPayload | undefined> {
    const { publicKey } = await this.#made();
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: ['RS256'],
        // Long before any token ends: the time is not judged here.
        currentDate: new Date(0),
        clockTolerance: Number.MAX_SAFE_INTEGER,
      });
      return payload;
    } catch {
      return undefined;
    }
  }

  /** What `jwks_uri` answers (RFC 7517). */
  async jwks(): Promise<{ readonly keys: readonly JWK[] }> {
    return { keys: [(await this.#made()).jwk] };
  }

  #made(): Promise<Keys> {
    this.#keys ??= makeKeys();
    return this.#keys;
  }
}

async function makeKeys(): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('rsa', { modulusLength: 2048 });
  const bare = await exportJWK(publicKey);
  const kid = createHash('sha1').update(String(bare.n)).digest('base64url');
  return { privateKey, publicKey, kid, jwk: { ...bare, use: 'sig', kid, x5t: kid } };
}
