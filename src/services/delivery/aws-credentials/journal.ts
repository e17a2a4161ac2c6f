import * as z from 'zod';
import { Journal, type JournalState } from '../shared/journal.ts';

/** Omitted for the credentials file, the only one that earlier versions knew. */
const kind = z.codec(z.literal('config').optional(), z.enum(['credentials', 'config']), {
  decode: (written) => written ?? 'credentials',
  encode: (known) => (known === 'config' ? known : undefined),
});

const sectionRow = z.object({
  sessionId: z.string(),
  kind,
  file: z.string(),
  profileName: z.string(),
  /** Fingerprints of the access key ids or programs written, the latest last. */
  keys: z.array(z.string()).readonly(),
});

const stashRow = z.object({
  /** Names the place in the file, and with `sessionId` the secret in the vault. */
  id: z.string(),
  sessionId: z.string(),
  kind,
  file: z.string(),
  profileName: z.string(),
  count: z.number().int().positive(),
});

const madeRow = z.object({
  file: z.string(),
  /** The topmost folder that was made for it. */
  folder: z.string().optional(),
});

/** A section of ours that is in a file, or is about to be. */
export type SectionRow = Readonly<z.infer<typeof sectionRow>>;
/** The user's own sections of a profile, in the vault. */
export type StashRow = Readonly<z.infer<typeof stashRow>>;
/** A file that Stint made; it goes with its last section. */
export type MadeRow = Readonly<z.infer<typeof madeRow>>;

export type SectionJournalState = JournalState<SectionRow, StashRow, MadeRow>;

/** The file says `sections` and `putAside`. */
const schema = z.codec(
  z.object({
    version: z.literal(1),
    sections: z.array(sectionRow),
    putAside: z.array(stashRow),
    made: z.array(madeRow),
  }),
  z.custom<SectionJournalState>(),
  {
    decode: ({ sections, putAside, made }) => ({ written: sections, stashed: putAside, made }),
    encode: ({ written, stashed, made }) => ({
      version: 1 as const,
      sections: [...written],
      putAside: [...stashed],
      made: [...made],
    }),
  },
);

/** What Stint has in the user's AWS files. */
export type SectionJournal = Journal<SectionRow, StashRow, MadeRow>;

/** `stashed`: what the vault has. */
export function sectionJournal(
  file: string,
  stashed: () => Promise<readonly StashRow[]>,
): SectionJournal {
  return new Journal({ file, schema, known: async () => ({ stashed: await stashed() }) });
}
