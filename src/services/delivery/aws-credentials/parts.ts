import type { SectionJournal } from './journal.ts';
import type { SectionStash } from './stash.ts';

/** What writing, removal and sweep of this delivery share. */
export interface SectionParts {
  readonly journal: SectionJournal;
  readonly stash: SectionStash;
  /** For the old content during a write in place. */
  readonly undoFolder: string;
}
