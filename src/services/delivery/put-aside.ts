import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SecretStore } from '../vault/secret-store.ts';
import type { PutAsideRow } from './cleanup-journal.ts';

const prefix = 'put-aside/';

const record = z.object({
  file: z.string(),
  profileName: z.string(),
  /** In base64, byte for byte. */
  sections: z.array(z.string()),
});

type Owner = Pick<PutAsideRow, 'id' | 'sessionId'>;

/** The user's own sections, in the vault under `put-aside/<sessionId>/<id>` until they come back. */
export class PutAside {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  newId(): string {
    return randomBytes(4).toString('hex');
  }

  /** `sections` in latin1. Throws what the store throws, 'vault-locked' above all. */
  async keep(row: Omit<PutAsideRow, 'count'>, sections: readonly string[]): Promise<void> {
    const { file, profileName } = row;
    const inBase64 = sections.map((section) => Buffer.from(section, 'latin1').toString('base64'));
    await this.#secrets.set(nameOf(row), JSON.stringify({ file, profileName, sections: inBase64 }));
  }

  /** In latin1; undefined where the vault has none. Throws what the store throws. */
  async get(owner: Owner): Promise<readonly string[] | undefined> {
    const kept = await this.#secrets.get(nameOf(owner));
    if (kept === undefined) return undefined;
    const { sections } = record.parse(JSON.parse(kept));
    return sections.map((section) => Buffer.from(section, 'base64').toString('latin1'));
  }

  /** What cannot be deleted now is found again by `orphans`. */
  async forget(owner: Owner): Promise<void> {
    await this.#secrets.delete(nameOf(owner)).catch(() => undefined);
  }

  /** Rows for secrets that no row tells of: a crash came between. None while the vault is locked. */
  async orphans(known: readonly Owner[]): Promise<readonly PutAsideRow[]> {
    const names = await this.#secrets.names().catch(() => []);
    const rows = [];
    for (const name of names) {
      if (!name.startsWith(prefix) || known.some((owner) => nameOf(owner) === name)) continue;
      const [sessionId, id] = name.slice(prefix.length).split('/');
      const kept = await this.#secrets.get(name).catch(() => undefined);
      if (sessionId === undefined || id === undefined || kept === undefined) continue;
      const { file, profileName, sections } = record.parse(JSON.parse(kept));
      rows.push({ id, sessionId, file, profileName, count: sections.length });
    }
    return rows;
  }
}

function nameOf({ sessionId, id }: Owner): string {
  return `${prefix}${sessionId}/${id}`;
}
