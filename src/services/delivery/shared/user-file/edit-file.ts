import { Problem } from '../../../../models/problem.ts';
import { locate, readUserFile } from './locate.ts';
import { swap, type SwapLocation } from './swap.ts';

/** How often another program may write in between before we give up. */
const attempts = 10;

/**
 * Changes a file as a whole. `plan` gets the content (latin1; undefined: no file) and returns the
 * new one (undefined: no file). It runs again whenever another program wrote meanwhile, as hardly
 * any tool takes a lock. Throws what `plan` throws and Problem 'file-unreadable',
 * 'file-unwritable'; the file is unchanged then.
 */
export async function editFile(
  location: SwapLocation,
  plan: (text: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  /** What another program wrote into the file while we replaced it. */
  let overtaken: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const path = await locate(location.file);
    const current = await readUserFile(path);
    const wanted = await plan(overtaken ?? current);
    if (wanted === current) return;
    const outcome = await swap({ ...location, path }, current, wanted);
    if (outcome.kind === 'done') return;
    overtaken = outcome.kind === 'overtaken' ? outcome.text : undefined;
  }
  throw new Problem('file-unwritable', {
    detail: `${location.file} was not changed: another program keeps writing it.`,
    next: 'Try again when that program has finished.',
  });
}
