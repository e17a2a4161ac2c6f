import type { Leftover } from '../delivery.ts';
import { repairInterrupted } from './user-file/in-place.ts';
import { locate } from './user-file/locate.ts';

/**
 * Repairs interrupted writes before another write to `files`. Throws Problem 'file-unreadable',
 * 'file-unwritable' where one of them may be half-written.
 */
export async function repairBeforeWrite(
  undoFolder: string,
  files: readonly string[],
): Promise<void> {
  const unrepaired = await repairInterrupted(undoFolder);
  if (unrepaired.length === 0) return;
  const paths = await Promise.all(files.map(locate));
  const half = unrepaired.find(({ path }) => path === undefined || paths.includes(path));
  if (half !== undefined) throw half.problem;
}

/** Repairs interrupted writes as far as possible; the rest is left for the next sweep. */
export async function repairBeforeRemoval(
  undoFolder: string,
  sessionId: string,
): Promise<readonly Leftover[]> {
  const unrepaired = await repairInterrupted(undoFolder);
  return unrepaired.map(({ undoFile, path = undoFile, problem }) => ({
    sessionId,
    file: path,
    what: 'journal',
    reason: `${problem.message} ${problem.details.next}`,
  }));
}
