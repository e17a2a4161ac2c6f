import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import {
  awsCredentialsSchema,
  azureCredentialsSchema,
  type Credentials,
} from '../../models/credentials.ts';
import { CredentialCache } from '../credentials/credential-cache.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import { readCached } from '../vault/read-secret.ts';
import type { SecretStore } from '../vault/secret-store.ts';

const prefix = 'run/';

type Issued = IssuedCredentials<Credentials>;
const issuedSchema = z.object({
  credentials: z.union([awsCredentialsSchema, azureCredentialsSchema]),
  grantedSeconds: z.number(),
  clockOffset: z.number().optional(),
  roleSecondsGranted: z.number().optional(),
  chosen: z.object({ roleArn: z.string(), idpArn: z.string() }).optional(),
});

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
        read: (sessionId) => readCached(secrets, prefix + sessionId, issuedSchema),
        write: (sessionId, issued) => secrets.set(prefix + sessionId, JSON.stringify(issued)),
        remove: (sessionId) => secrets.delete(prefix + sessionId),
      },
    });
  }

  /** Throws Problem 'vault-locked', 'file-unwritable'. */
  async keep(sessionId: string, issued: Issued): Promise<void> {
    await this.#cache.put(sessionId, issued);
  }

  /**
   * Undefined for a session without a run, and for credentials that this version cannot use, which
   * the next rotation replaces. Throws Problem 'vault-locked' if they are only in the locked vault.
   */
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

  /** Drops all from memory, as when the vault is locked. */
  forgetMemory(): void {
    this.#cache.forgetMemory();
  }

  /** Drops what a crash or a locked vault left of sessions that do not run. */
  async keepOnly(isRunning: (sessionId: string) => boolean): Promise<void> {
    for (const name of await this.#secrets.names()) {
      const sessionId = name.slice(prefix.length);
      if (name.startsWith(prefix) && !isRunning(sessionId)) await this.drop(sessionId);
    }
  }
}
