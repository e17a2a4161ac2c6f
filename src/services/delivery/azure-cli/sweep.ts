import type { Leftover } from '../delivery.ts';
import type { EntryParts } from './parts.ts';
import type { EntryRemover } from './remove.ts';

/**
 * Removes and restores everything of sessions that are not active, whatever left it there. Of an
 * active session only the last folder counts: the journal lists it last.
 */
export async function sweepEntries(
  { journal, stash }: EntryParts,
  remover: EntryRemover,
  folder: string,
  isActive: (sessionId: string) => boolean,
): Promise<readonly Leftover[]> {
  const orphans = await stash.orphans((await journal.state()).stashed);
  if (orphans.length > 0) {
    await journal.note((state) => ({ ...state, stashed: [...state.stashed, ...orphans] }));
  }
  const { written } = await journal.state();
  const lastFolder = new Map(written.map((row) => [row.sessionId, row.folder]));
  return await remover.removeUnneeded(
    folder,
    (id, where) => isActive(id) && (lastFolder.get(id) ?? where) === where,
  );
}
