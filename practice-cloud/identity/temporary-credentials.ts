import { makeId, makeSecretAccessKey, makeSessionToken } from './identifiers.ts';
import type { Principal } from './principal.ts';

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch, on a whole second as answers show it. */
  readonly expiresAt: number;
  readonly principal: Principal;
}

/**
 * Everything STS has given out. There is no way to take one back before it expires, as there is
 * none at AWS (IAM User Guide "Disabling permissions for temporary security credentials").
 */
export class IssuedCredentials {
  readonly #byKeyId = new Map<string, TemporaryCredentials>();

  /** Makes credentials for `principal` that live `seconds` from `now` (milliseconds). */
  issue(principal: Principal, now: number, seconds: number): TemporaryCredentials {
    const credentials = {
      accessKeyId: makeId('ASIA'),
      secretAccessKey: makeSecretAccessKey(),
      sessionToken: makeSessionToken(),
      expiresAt: Math.floor(now / 1000 + seconds) * 1000,
      principal,
    };
    this.#byKeyId.set(credentials.accessKeyId, credentials);
    return credentials;
  }

  find(accessKeyId: string): TemporaryCredentials | undefined {
    return this.#byKeyId.get(accessKeyId);
  }
}
