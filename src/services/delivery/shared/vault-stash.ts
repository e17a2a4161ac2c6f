import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';

/** Whose it is, and which of theirs. */
export interface StashKey {
  readonly id: string;
  readonly sessionId: string;
}

/**
 * What belongs to the user and stands nowhere else for a while, in the vault under
 * `<prefix><sessionId>/<id>` until it comes back.
 */
export class VaultStash<Content> {
  readonly #secrets: SecretStore;
  readonly #prefix: string;
  readonly #content: z.ZodType<Content>;

  constructor(options: {
    readonly secrets: SecretStore;
    /** No other shelf's begins with it. */
    readonly prefix: string;
    readonly content: z.ZodType<Content>;
  }) {
    this.#secrets = options.secrets;
    this.#prefix = options.prefix;
    this.#content = options.content;
  }

  newId(): string {
    return randomBytes(4).toString('hex');
  }

  /** Throws what the store throws, 'vault-locked' above all. */
  async keep(key: StashKey, content: Content): Promise<void> {
    await this.#secrets.set(this.#nameOf(key), JSON.stringify(content));
  }

  /** Undefined where the vault has none. Throws what the store throws. */
  async get(key: StashKey): Promise<Content | undefined> {
    const kept = await this.#secrets.get(this.#nameOf(key));
    return kept === undefined ? undefined : this.#content.parse(JSON.parse(kept));
  }

  /** What cannot be deleted now is found again by `orphans`. */
  async forget(key: StashKey): Promise<void> {
    await this.#secrets.delete(this.#nameOf(key)).catch(() => undefined);
  }

  /** What no key in `known` tells of: a crash came between. None while the vault is locked. */
  async orphans(
    known: readonly StashKey[],
  ): Promise<readonly (StashKey & { readonly content: Content })[]> {
    const names = await this.#secrets.names().catch(() => []);
    const found = [];
    for (const name of names) {
      if (!name.startsWith(this.#prefix) || known.some((key) => this.#nameOf(key) === name)) {
        continue;
      }
      const [sessionId, id] = name.slice(this.#prefix.length).split('/');
      if (sessionId === undefined || id === undefined) continue;
      const content = await this.get({ sessionId, id }).catch(() => undefined);
      if (content !== undefined) found.push({ id, sessionId, content });
    }
    return found;
  }

  #nameOf({ sessionId, id }: StashKey): string {
    return `${this.#prefix}${sessionId}/${id}`;
  }
}
