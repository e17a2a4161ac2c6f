import { Problem } from '../../models/problem.ts';
import type { Credentials } from '../../models/credentials.ts';
import { CredentialCache } from '../credentials/credential-cache.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import type { SecretStore } from '../vault/secret-store.ts';

const prefix = 'run/';

type Issued = IssuedCredentials<Credentials>;

/**
 * The credentials of running sessions: in memory for quick answers, in the vault so that a run
 * outlives its owner.
 */
export class RunCredentials {
  readonly #secrets: SecretStore;
  readonly #cache: CredentialCache<Issued>;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
    this.#cache = new CredentialCache<Issued>({
      store: {
        async read(sessionId) {
          const text = await secrets.get(prefix + sessionId);
          return text === undefined ? undefined : (JSON.parse(text) as Issued);
        },
        write: (sessionId, issued) => secrets.set(prefix + sessionId, JSON.stringify(issued)),
        remove: (sessionId) => secrets.delete(prefix + sessionId),
      },
    });
  }

  /** Throws Problem 'vault-locked', 'file-unwritable'. */
  async keep(sessionId: string, issued: Issued): Promise<void> {
    await this.#cache.put(sessionId, issued);
  }

  /** Throws Problem 'vault-locked' where they are only in the locked vault. */
  async get(sessionId: string): Promise<Issued | undefined> {
    return await this.#cache.kept(sessionId);
  }

  /** Removed from memory at once; from a locked vault at the next `keepOnly`. */
  async drop(sessionId: string): Promise<void> {
    try {
      await this.#cache.forget(sessionId);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** Drops what a crash or a locked vault left of sessions that do not run. */
  async keepOnly(isRunning: (sessionId: string) => boolean): Promise<void> {
    for (const name of await this.#secrets.names()) {
      const sessionId = name.slice(prefix.length);
      if (name.startsWith(prefix) && !isRunning(sessionId)) await this.drop(sessionId);
    }
  }
}
