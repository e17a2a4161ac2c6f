import * as z from 'zod';
import { Journal, type JournalState } from '../shared/journal.ts';
import type { Location } from './tables.ts';

const table = z.enum(['subscriptions', 'Account', 'AccessToken']);
const location = { table, key: z.string() };

const runRow = z.object({
  sessionId: z.string(),
  folder: z.string(),
  places: z.array(z.object(location)),
});

const stashRow = z.object({
  /** With `sessionId`, names the secret in the vault. */
  id: z.string(),
  sessionId: z.string(),
  folder: z.string(),
  ...location,
  /** Before which entry it was. */
  index: z.number().int().nonnegative(),
  /** Of a subscription: what the user chose since. */
  isDefault: z.boolean().optional(),
});

const madeRow = z.object({
  file: z.string(),
  /** What was there before: no file, or an empty one; otherwise the file is the user's. */
  was: z.enum(['absent', 'empty']).optional(),
  /** The topmost folder that was made for it. */
  folder: z.string().optional(),
  tables: z.array(z.object({ table, was: z.enum(['absent', 'null']) })).readonly(),
});

/** What a session has in a folder of the Azure CLI, or is about to. */
export interface RunRow {
  readonly sessionId: string;
  readonly folder: string;
  readonly locations: readonly Location[];
}
/** An entry of the user's that is in the vault. */
export type StashRow = Readonly<z.infer<typeof stashRow>>;
/** What Stint made around its entries, and removes with the last. */
export type MadeRow = Readonly<z.infer<typeof madeRow>>;

export type EntryJournalState = JournalState<RunRow, StashRow, MadeRow>;

/** The file says `runs`, `places` and `putAside`. */
const schema = z.codec(
  z.object({
    version: z.literal(1),
    runs: z.array(runRow),
    putAside: z.array(stashRow),
    made: z.array(madeRow),
  }),
  z.custom<EntryJournalState>(),
  {
    decode: ({ runs, putAside, made }) => ({
      written: runs.map(({ places, ...row }) => ({ ...row, locations: places })),
      stashed: putAside,
      made,
    }),
    encode: ({ written, stashed, made }) => ({
      version: 1 as const,
      runs: written.map(({ locations, ...row }) => ({ ...row, places: [...locations] })),
      putAside: [...stashed],
      made: [...made],
    }),
  },
);

/** What Stint has in the user's Azure CLI files. */
export type EntryJournal = Journal<RunRow, StashRow, MadeRow>;

/** `stashed`: what the vault has. */
export function entryJournal(
  file: string,
  stashed: () => Promise<readonly StashRow[]>,
): EntryJournal {
  return new Journal({ file, schema, known: async () => ({ stashed: await stashed() }) });
}

export function covers({ locations }: RunRow, { table: wanted, key }: Location): boolean {
  return locations.some((one) => one.table === wanted && one.key === key);
}
