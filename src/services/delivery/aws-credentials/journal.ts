import { z } from 'zod';
import { Journal } from '../shared/journal.ts';

const sectionRow = z.object({
  sessionId: z.string(),
  file: z.string(),
  profileName: z.string(),
  /** Fingerprints of the access key ids written, the latest last. */
  keys: z.array(z.string()).readonly(),
});

const putAsideRow = z.object({
  /** Names the place in the file, and with `sessionId` the secret in the vault. */
  id: z.string(),
  sessionId: z.string(),
  file: z.string(),
  profileName: z.string(),
  count: z.number().int().positive(),
});

const madeRow = z.object({
  file: z.string(),
  /** The topmost folder that was made for it. */
  folder: z.string().optional(),
});

const journalSchema = z.object({
  sections: z.array(sectionRow).readonly(),
  putAside: z.array(putAsideRow).readonly(),
  made: z.array(madeRow).readonly(),
});

/** Sections of the user's that wait in the vault. */
export type StashRow = Readonly<z.infer<typeof putAsideRow>>;
/** A file that is ours alone, and goes with its last section. */
export type MadeRow = Readonly<z.infer<typeof madeRow>>;
export type JournalState = Readonly<z.infer<typeof journalSchema>>;

/** What Stint has in the user's AWS files. */
export class CleanupJournal extends Journal<JournalState> {
  constructor(file: string) {
    super({ file, schema: journalSchema, empty: { sections: [], putAside: [], made: [] } });
  }
}
