import { Problem } from '../../../models/problem.ts';
import { azureFiles } from './azure-file.ts';
import { readAzureFile } from './edit-file.ts';
import type { RunRow } from './journal.ts';
import { markOf } from './ownership.ts';
import type { EntryParts } from './parts.ts';
import { entriesOf, type Entry } from './tables.ts';

/**
 * Lists in the journal what it does not, as after damage to it: entries of this Stint that name an active session, and
 * stashes in the vault.
 */
export async function adoptUnlisted(
  { journal, stash, home }: EntryParts,
  folder: string,
  isActive: (sessionId: string) => boolean,
): Promise<void> {
  const { written, stashed } = await journal.state();
  const listed = new Set(written.map(({ sessionId }) => sessionId));
  const rows = new Map<string, RunRow>();
  for (const { table, key, node } of await entriesIn(folder)) {
    const mark = markOf(node);
    if (mark?.home !== home) continue;
    for (const sessionId of mark.sessions) {
      if (listed.has(sessionId) || !isActive(sessionId)) continue;
      const locations = [...(rows.get(sessionId)?.locations ?? []), { table, key }];
      rows.set(sessionId, { sessionId, folder, locations });
    }
  }
  const orphans = await stash.orphans(stashed);
  if (rows.size === 0 && orphans.length === 0) return;
  await journal.note((state) => ({
    ...state,
    written: [...state.written, ...rows.values()],
    stashed: [...state.stashed, ...orphans],
  }));
}

/** None of a file that cannot be read. */
async function entriesIn(folder: string): Promise<readonly Entry[]> {
  const entries = [];
  for (const kind of azureFiles) {
    try {
      entries.push(...entriesOf((await readAzureFile(folder, kind))?.root, kind.tables));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return entries;
}
