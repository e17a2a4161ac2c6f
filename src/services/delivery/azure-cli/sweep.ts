import type { Leftover } from '../delivery.ts';
import type { EntryJournal } from './journal.ts';
import type { EntryRemover } from './remove.ts';
import type { EntryStash } from './stash.ts';

/** Removes and restores everything of sessions that are not active, whatever left it there. */
export async function sweepEntries(
  parts: {
    readonly journal: EntryJournal;
    readonly stash: EntryStash;
    readonly remover: EntryRemover;
  },
  folder: string,
  isActive: (sessionId: string) => boolean,
): Promise<readonly Leftover[]> {
  const { journal, stash, remover } = parts;
  const orphans = await stash.orphans((await journal.state()).stashed);
  if (orphans.length > 0) {
    await journal.note((state) => ({ ...state, stashed: [...state.stashed, ...orphans] }));
  }
  return await remover.removeUnneeded(folder, isActive);
}
