import * as z from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';
import { parseJson, textOf, type JsonNode } from '../shared/json/parse.ts';
import { VaultStash, type Stashed } from '../shared/vault-stash.ts';
import type { StashRow } from './journal.ts';
import type { Location } from './tables.ts';

/** An entry of the user's, and before which entry it was. */
export interface StashContent extends Location {
  readonly folder: string;
  readonly index: number;
  readonly node: JsonNode;
}

/** The vault holds the entry as text, character for character. */
const content = z.codec(
  z.object({
    folder: z.string(),
    table: z.enum(['subscriptions', 'Account', 'AccessToken']),
    key: z.string(),
    index: z.number(),
    text: z.string(),
  }),
  z.custom<StashContent>(),
  {
    decode: ({ text, ...rest }) => ({ ...rest, node: parseJson(text).root }),
    encode: ({ node, ...rest }) => ({ ...rest, text: textOf(node) }),
  },
);

/** The user's own entries of Azure CLI files, in the vault until they are restored. */
export type EntryStash = VaultStash<StashRow, StashContent>;
export type StashedEntry = Stashed<StashRow, StashContent>;

export function entryStash(secrets: SecretStore): EntryStash {
  return new VaultStash({
    secrets,
    // The name of secrets on users' disks.
    prefix: 'put-aside-azure/',
    content,
    rowOf: (key, { folder, table, key: entry, index }) => ({
      id: key.id,
      sessionId: key.sessionId,
      folder,
      table,
      key: entry,
      index,
    }),
  });
}
