import { z } from 'zod';
import { Journal } from '../shared/journal.ts';
import type { Place } from './tables.ts';

const table = z.enum(['subscriptions', 'Account', 'AccessToken']);
const place = { table, key: z.string() };

const runRow = z.object({
  sessionId: z.string(),
  folder: z.string(),
  places: z.array(z.object(place)).readonly(),
});

const putAsideRow = z.object({
  /** With `sessionId`, names the secret in the vault. */
  id: z.string(),
  sessionId: z.string(),
  folder: z.string(),
  ...place,
  /** Before which entry it stood. */
  index: z.number().int().nonnegative(),
  /** Of a subscription: what the user chose since. */
  isDefault: z.boolean().optional(),
});

const madeRow = z.object({
  file: z.string(),
  /** What stood there before: no file, or one with nothing in it; else the file is the user's. */
  was: z.enum(['absent', 'empty']).optional(),
  /** The topmost folder that was made for it. */
  folder: z.string().optional(),
  tables: z.array(z.object({ table, was: z.enum(['absent', 'null']) })).readonly(),
});

const schema = z.object({
  runs: z.array(runRow).readonly(),
  putAside: z.array(putAsideRow).readonly(),
  made: z.array(madeRow).readonly(),
});

/** What a session has in a folder of the Azure CLI's, or is about to. */
export type RunRow = Readonly<z.infer<typeof runRow>>;
/** An entry of the user's that waits in the vault. */
export type StashRow = Readonly<z.infer<typeof putAsideRow>>;
/** What Stint made around its entries, and takes away with the last. */
export type MadeRow = Readonly<z.infer<typeof madeRow>>;
export type AzureJournalState = Readonly<z.infer<typeof schema>>;

/** What Stint has in the user's Azure CLI files. */
export class AzureJournal extends Journal<AzureJournalState> {
  constructor(file: string) {
    super({ file, schema, empty: { runs: [], putAside: [], made: [] } });
  }
}

export function covers({ places }: RunRow, { table: wanted, key }: Place): boolean {
  return places.some((one) => one.table === wanted && one.key === key);
}
