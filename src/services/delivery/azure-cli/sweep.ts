import type { Leftover } from '../delivery.ts';
import { adoptUnlisted } from './adopt.ts';
import type { EntryParts } from './parts.ts';
import type { EntryRemover } from './remove.ts';

/**
 * Removes and restores everything of sessions that are not active, whatever left it there. Of an
 * active session only the last folder counts: the journal lists it last.
 */
export async function sweepEntries(
  parts: EntryParts,
  remover: EntryRemover,
  folder: string,
  isActive: (sessionId: string) => boolean,
): Promise<readonly Leftover[]> {
  await adoptUnlisted(parts, folder, isActive);
  const { written } = await parts.journal.state();
  const lastFolder = new Map(written.map((row) => [row.sessionId, row.folder]));
  return await remover.removeUnneeded(
    folder,
    (id, where) => isActive(id) && (lastFolder.get(id) ?? where) === where,
  );
}
