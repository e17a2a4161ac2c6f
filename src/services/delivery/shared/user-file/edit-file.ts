import { Problem } from '../../../../models/problem.ts';
import { withLateAppend } from './late-append.ts';
import { bytesOf, type Piece } from './content.ts';
import { locate, readUserBytes } from './locate.ts';
import { mergeWrites, type WritesAround } from './merge-writes.ts';
import { untilQuiet } from './quiet.ts';
import { swap, type SwapLocation } from './swap.ts';

/** How often another program may write in between before we give up. */
const attempts = 10;

/** A new content that may not be seen before something else is done. */
interface NotYet {
  readonly pieces: readonly Piece[];
  /** Resolves when it may. The file is unchanged where it rejects. */
  readonly mayAppear: Promise<void>;
}

/**
 * Changes a file as a whole. `plan` gets the content (undefined: no file) and returns the new one, as a
 * text in latin1 or in pieces (undefined: no file). It waits while another program is in the middle of
 * writing, and runs again whenever one wrote meanwhile, as hardly any tool takes a lock. Throws what
 * `plan` throws and Problem 'file-unreadable', 'file-unwritable'; the file is unchanged then.
 */
export async function editFile(
  location: SwapLocation,
  plan: (bytes: Buffer | undefined) => Promise<string | undefined | NotYet>,
): Promise<void> {
  const { isAppendable = false } = location;
  /** The replacement that another program overtook, and what it wrote. */
  let overtaken: Omit<WritesAround, 'now'> | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const path = await locate(location.file);
    await untilQuiet(path);
    const bytes = await readUserBytes(path);
    const base =
      overtaken === undefined
        ? bytes
        : bytesOf([mergeWrites({ ...overtaken, now: textOf(bytes) }, isAppendable)]);
    const planned = await plan(base);
    const { pieces, mayAppear = Promise.resolve() } =
      typeof planned === 'string' ? { pieces: [planned] } : (planned ?? {});
    const wanted = pieces === undefined ? undefined : bytesOf(pieces);
    if (isSame(wanted, bytes)) {
      await mayAppear;
      return;
    }
    // It may reject before somebody waits for it.
    mayAppear.catch(() => undefined);
    const outcome = await swap({ ...location, path, mayAppear }, bytes, wanted);
    if (outcome.kind === 'done') {
      void outcome.lateAppend
        ?.then((added) => addAppended(location, bytes, added))
        .catch(() => undefined);
      return;
    }
    if (outcome.kind === 'overtaken') {
      // An earlier one is in `base`, and not in the file that was replaced now.
      const [held = '', kept = ''] = [textOf(bytes), textOf(base)];
      const late =
        held === kept
          ? outcome.text
          : mergeWrites({ before: kept, after: held, late: kept, now: outcome.text }, isAppendable);
      overtaken = { before: kept, after: textOf(wanted) ?? '', late };
    }
  }
  throw new Problem('file-unwritable', {
    detail: `${location.file} was not changed: another program keeps writing it.`,
    next: 'Try again when that program has finished.',
  });
}

function isSame(wanted: Buffer | undefined, bytes: Buffer | undefined): boolean {
  if (wanted === undefined || bytes === undefined) return wanted === bytes;
  return wanted.equals(bytes);
}

function textOf(bytes: Buffer | undefined): string | undefined {
  return bytes?.toString('latin1');
}

/** Adds what a program appended to the file that was replaced, which held `before`. */
async function addAppended(
  location: SwapLocation,
  before: Buffer | undefined,
  added: string,
): Promise<void> {
  if (added === '') return;
  const held = textOf(before) ?? '';
  await editFile(location, (bytes) =>
    Promise.resolve(withLateAppend(textOf(bytes) ?? '', held, added)),
  );
}
