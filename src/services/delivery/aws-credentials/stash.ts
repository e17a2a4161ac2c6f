import { z } from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';
import type { StashRow } from './journal.ts';
import { VaultStash, type StashKey } from '../shared/vault-stash.ts';

const record = z.object({
  file: z.string(),
  profileName: z.string(),
  /** In base64, byte for byte. */
  sections: z.array(z.string()),
});

/** The user's own sections of AWS files, in the vault until they come back. */
export class Stash {
  readonly #shelf: VaultStash<z.infer<typeof record>>;

  constructor(secrets: SecretStore) {
    this.#shelf = new VaultStash({ secrets, prefix: 'put-aside/', content: record });
  }

  newId(): string {
    return this.#shelf.newId();
  }

  /** `sections` in latin1. Throws what the store throws, 'vault-locked' above all. */
  async keep(row: Omit<StashRow, 'count'>, sections: readonly string[]): Promise<void> {
    const { file, profileName } = row;
    const inBase64 = sections.map((section) => Buffer.from(section, 'latin1').toString('base64'));
    await this.#shelf.keep(row, { file, profileName, sections: inBase64 });
  }

  /** In latin1; undefined where the vault has none. Throws what the store throws. */
  async get(key: StashKey): Promise<readonly string[] | undefined> {
    const kept = await this.#shelf.get(key);
    return kept?.sections.map((section) => Buffer.from(section, 'base64').toString('latin1'));
  }

  /** What cannot be deleted now is found again by `orphans`. */
  async forget(key: StashKey): Promise<void> {
    await this.#shelf.forget(key);
  }

  /** Rows for secrets that no row tells of: a crash came between. None while the vault is locked. */
  async orphans(known: readonly StashKey[]): Promise<readonly StashRow[]> {
    const found = await this.#shelf.orphans(known);
    return found.map(({ id, sessionId, content: { file, profileName, sections } }) => ({
      id,
      sessionId,
      file,
      profileName,
      count: sections.length,
    }));
  }
}
