import { Problem } from '../../models/problem.ts';
import type { Credentials } from '../../models/credentials.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import type { SecretStore } from '../vault/secret-store.ts';

const prefix = 'run/';

/**
 * The credentials of running sessions: in memory for quick answers, in the vault so that a run
 * outlives its owner.
 */
export class RunCredentials {
  readonly #secrets: SecretStore;
  readonly #held = new Map<string, IssuedCredentials<Credentials>>();

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  async keep(sessionId: string, issued: IssuedCredentials<Credentials>): Promise<void> {
    await this.#secrets.set(prefix + sessionId, JSON.stringify(issued));
    this.#held.set(sessionId, issued);
  }

  /** Throws Problem 'vault-locked' where they are only in the locked vault. */
  async get(sessionId: string): Promise<IssuedCredentials<Credentials> | undefined> {
    const held = this.#held.get(sessionId);
    if (held !== undefined) return held;
    const kept = await this.#secrets.get(prefix + sessionId);
    if (kept === undefined) return undefined;
    const issued = JSON.parse(kept) as IssuedCredentials<Credentials>;
    this.#held.set(sessionId, issued);
    return issued;
  }

  /** Gone from memory at once; from a locked vault at the next `keepOnly`. */
  async drop(sessionId: string): Promise<void> {
    this.#held.delete(sessionId);
    try {
      await this.#secrets.delete(prefix + sessionId);
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
