import type { EntryJournal } from './journal.ts';
import type { EntryStash } from './stash.ts';

/** What writing, removal and sweep of this delivery share. */
export interface EntryParts {
  readonly journal: EntryJournal;
  readonly stash: EntryStash;
  /** For the old content during a write in place. */
  readonly undoFolder: string;
  /** Names this Stint in the marks of its entries. */
  readonly home: string;
}
