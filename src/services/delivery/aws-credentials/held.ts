import { counted, madeFile, type Held } from '../held.ts';
import type { SectionJournalState } from './journal.ts';
import { isAt } from './ownership.ts';

/** What the journal says that Stint has in AWS files. Pure. */
export function heldSections({ written, stashed, made }: SectionJournalState): readonly Held[] {
  return [
    ...written.map(({ kind, file, profileName, sessionId }): Held => ({
      kind: 'section',
      file,
      key: `${sessionId} ${profileName}`,
      what:
        kind === 'credentials'
          ? `Profile ${profileName} with temporary keys`
          : `Profile ${profileName} with the command that prints temporary keys`,
      sessionId,
    })),
    ...stashed.map((row): Held => ({
      kind: 'stash',
      file: row.file,
      key: row.id,
      what:
        row.count === 1
          ? `Your own profile ${row.profileName}, stashed in the vault`
          : `Your own profile ${row.profileName} (${counted(row.count, 'section')}), stashed in the vault`,
      // The session that has the place now may have taken it over from the one that stashed.
      sessionId: written.find(isAt(row))?.sessionId ?? row.sessionId,
    })),
    ...made.map(madeFile),
  ];
}
