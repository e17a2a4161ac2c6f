import type { Leftover } from '../delivery.ts';
import type { EntryParts } from './parts.ts';
import type { EntryRemover } from './remove.ts';

/** Removes and restores everything of sessions that are not active, whatever left it there. */
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
  return await remover.removeUnneeded(folder, isActive);
}
