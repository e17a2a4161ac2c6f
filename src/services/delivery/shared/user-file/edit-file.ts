import { Problem } from '../../../../models/problem.ts';
import { locate, readUserFile } from './locate.ts';
import { swap, type SwapLocation } from './swap.ts';

/** How often somebody else may write in between before we give up. */
const attempts = 10;

/**
 * Changes a file as a whole. `plan` gets what stands there (latin1; undefined: no file) and returns
 * what shall (undefined: no file); it is asked again whenever another program wrote meanwhile, as
 * hardly any tool takes a lock. Throws what `plan` throws and Problem 'file-unreadable',
 * 'file-unwritable', leaving the file as it was.
 */
export async function editFile(
  place: SwapLocation,
  plan: (text: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  /** What another program wrote into the file that we had just replaced. */
  let overtaken: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const path = await locate(place.file);
    const current = await readUserFile(path);
    const wanted = await plan(overtaken ?? current);
    if (wanted === current) return;
    const outcome = await swap({ ...place, path }, current, wanted);
    if (outcome.kind === 'done') return;
    overtaken = outcome.kind === 'overtaken' ? outcome.text : undefined;
  }
  throw new Problem('file-unwritable', {
    detail: `${place.file} is being written by another program all the time; nothing was changed.`,
    next: 'Try again when that program has finished.',
  });
}
