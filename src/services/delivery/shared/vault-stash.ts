import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';

/** The session that stashed, and which of its stashes. */
export interface StashKey {
  readonly id: string;
  readonly sessionId: string;
}

/** A stash that a journal lists, with what the vault has for it. */
export interface Stashed<Row, Content> {
  readonly row: Row;
  /** Undefined where the vault does not have it, or not now. */
  readonly content?: Content | undefined;
  /** Why it is not available now. */
  readonly reason?: string;
}

interface VaultStashOptions<Row, Content> {
  readonly secrets: SecretStore;
  /** No other stash's prefix begins with it. */
  readonly prefix: string;
  /** Encodes to what the vault holds. */
  readonly content: z.ZodType<Content>;
  /** What a journal says about a stash. */
  readonly rowOf: (key: StashKey, content: Content) => Row;
}

/**
 * What belongs to the user and is not in their files for a while: in the vault under
 * `<prefix><sessionId>/<id>` until it is restored.
 */
export class VaultStash<Row extends StashKey, Content> {
  readonly #options: VaultStashOptions<Row, Content>;

  constructor(options: VaultStashOptions<Row, Content>) {
    this.#options = options;
  }

  newId(): string {
    return randomBytes(4).toString('hex');
  }

  /** Returns the row for the journal. Throws what the store throws, 'vault-locked' above all. */
  async keep(key: StashKey, content: Content): Promise<Row> {
    const { secrets, content: schema, rowOf } = this.#options;
    await secrets.set(this.#nameOf(key), JSON.stringify(z.encode(schema, content)));
    return rowOf(key, content);
  }

  /** Gets what `rows` list. Never throws for trouble with the vault. */
  async load(rows: readonly Row[]): Promise<readonly Stashed<Row, Content>[]> {
    const stashed = [];
    for (const row of rows) {
      try {
        stashed.push({ row, content: await this.#get(row) });
      } catch (error) {
        stashed.push({ row, reason: (error as Error).message });
      }
    }
    return stashed;
  }

  /** What cannot be deleted now is found again by `orphans`. */
  async forget(key: StashKey): Promise<void> {
    await this.#options.secrets.delete(this.#nameOf(key)).catch(() => undefined);
  }

  /** Rows for stashes that are not among `known`: a crash came between. None while the vault is locked. */
  async orphans(known: readonly StashKey[]): Promise<readonly Row[]> {
    const { secrets, prefix, rowOf } = this.#options;
    const names = await secrets.names().catch(() => []);
    const found = [];
    for (const name of names) {
      if (!name.startsWith(prefix) || known.some((key) => this.#nameOf(key) === name)) continue;
      const [sessionId, id] = name.slice(prefix.length).split('/');
      if (sessionId === undefined || id === undefined) continue;
      const content = await this.#get({ sessionId, id }).catch(() => undefined);
      if (content !== undefined) found.push(rowOf({ id, sessionId }, content));
    }
    return found;
  }

  async #get(key: StashKey): Promise<Content | undefined> {
    const kept = await this.#options.secrets.get(this.#nameOf(key));
    return kept === undefined ? undefined : this.#options.content.parse(JSON.parse(kept));
  }

  #nameOf({ sessionId, id }: StashKey): string {
    return `${this.#options.prefix}${sessionId}/${id}`;
  }
}
