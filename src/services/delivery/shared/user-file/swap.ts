import { existsSync, renameSync, unlinkSync, type BigIntStats } from 'node:fs';
import { mkdir, open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../../../models/problem.ts';
import { unwritable } from '../../../files/private-file.ts';
import { noteOwnFile, noteOwnWrite, renameWouldLose } from './attributes.ts';
import { contentOf, fileHolds, handleHolds } from './content.ts';
import { writeInPlace } from './in-place.ts';
import { codeOf } from './error-code.ts';
import { exists } from './exists.ts';
import { untilHandleQuiet, untilOpenersAreDone } from './quiet.ts';
import { temporaryPath, writeTemporary } from './temporary.ts';
import { requireWritableInPlace } from './writable.ts';
import { syncFolder } from '../../../files/sync-folder.ts';

export interface SwapLocation {
  /** The path that the user knows. */
  readonly file: string;
  /** For the old content during a write in place. */
  readonly undoFolder: string;
  /** Always write into the existing file: another one would be unknown to a bind mount of it. */
  readonly inPlace?: boolean;
  /** Other programs append to such files. */
  readonly isAppendable?: boolean;
}

export type SwapOutcome =
  /** `lateAppend`: what a program appends to the old file that it had open; resolves in a moment. */
  | { readonly kind: 'done'; readonly lateAppend?: Promise<string> }
  /** Another program wrote before us: nothing was done. */
  | { readonly kind: 'changed' }
  /** Another program wrote `text` into the file just when we replaced it. */
  | { readonly kind: 'overtaken'; readonly text: string };

/** The folder forbids it, or the file is a mount: it cannot be replaced by a new file. */
const notReplaceable: ReadonlySet<string | undefined> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EBUSY',
  'EXDEV',
]);

/** What is replaced, by what, and when. */
interface SwapRequest extends SwapLocation {
  /** The real path of `file`. */
  readonly path: string;
  /** Resolves once the new content may be where others see it; until then it is only prepared. */
  readonly mayAppear: Promise<void>;
}

/**
 * Replaces `before` at `path` by `after`; undefined means no file. Readers see one or the other
 * whole, except where only a write in place is possible. Throws Problem 'file-unwritable' and what
 * `mayAppear` rejects with; the file is unchanged then.
 */
export async function swap(
  request: SwapRequest,
  before: Buffer | undefined,
  after: Buffer | undefined,
): Promise<SwapOutcome> {
  const { path, mayAppear } = request;
  try {
    if (after === undefined) {
      await mayAppear;
      return await remove(path, before);
    }
    if (before === undefined) return await create(request, after);
    if (request.inPlace === true) return await inPlace(request, before, after);
    const like = await stat(path, { bigint: true });
    return (await renameWouldLose(path, like))
      ? await inPlace(request, before, after)
      : await replace(request, before, after, like);
  } catch (error) {
    await mayAppear;
    throw error instanceof Problem
      ? error
      : unwritable(request.file, error as NodeJS.ErrnoException);
  }
}

async function create(request: SwapRequest, after: Buffer): Promise<SwapOutcome> {
  const { path, mayAppear } = request;
  if (!(await exists(dirname(path)))) {
    // A folder of ours is seen as well.
    await mayAppear;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  }
  const temporary = await prepared(request, after, undefined);
  const outcome = await renameUnlessChanged(temporary, path, () => !existsSync(path));
  if (outcome.kind === 'done') await afterRename(path);
  return outcome;
}

async function replace(
  request: SwapRequest,
  before: Buffer,
  after: Buffer,
  like: BigIntStats,
): Promise<SwapOutcome> {
  const { path } = request;
  let temporary;
  try {
    temporary = await prepared(request, after, like);
  } catch (error) {
    if (!notReplaceable.has(codeOf(error))) throw error;
    return await inPlace(request, before, after);
  }
  const old = process.platform === 'win32' ? undefined : await openOld(path);
  try {
    const outcome = await renameUnlessChanged(temporary, path, () => fileHolds(path, before));
    if (outcome.kind !== 'done') {
      await old?.close();
      return outcome;
    }
  } catch (error) {
    await old?.close();
    if (!notReplaceable.has(codeOf(error))) throw error;
    return await inPlace(request, before, after);
  }
  // The new file is in place: nothing from here on is a failed write.
  await afterRename(path);
  return old === undefined ? { kind: 'done' } : await afterReplacing(old, before, request);
}

async function afterRename(path: string): Promise<void> {
  await Promise.all([syncFolder(dirname(path)), noteOwnFile(path).catch(() => undefined)]);
}

/** Writes the new file beside the old one, and returns its path once it may take its place. */
async function prepared(
  { path, mayAppear }: SwapRequest,
  bytes: Buffer,
  like: BigIntStats | undefined,
): Promise<string> {
  const temporary = temporaryPath(path);
  await writeTemporary(temporary, bytes, like);
  try {
    await mayAppear;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  return temporary;
}

/** What other programs did to the old file, which they may still have open. Closes it. */
async function afterReplacing(
  old: FileHandle,
  before: Buffer,
  { isAppendable = false }: SwapLocation,
): Promise<SwapOutcome> {
  const isUnchanged = isUnchangedIn(old, before);
  if (isUnchanged && isAppendable) {
    return { kind: 'done', lateAppend: lateAppendTo(old, before) };
  }
  try {
    if (isUnchanged) return { kind: 'done' };
    await untilHandleQuiet(old);
    return { kind: 'overtaken', text: (await contentOf(old)).toString('latin1') };
  } finally {
    await old.close();
  }
}

/** A file that cannot be read any more counts as unchanged: the new one is in its place. */
function isUnchangedIn(old: FileHandle, before: Buffer): boolean {
  try {
    return handleHolds(old, before);
  } catch {
    return true;
  }
}

async function lateAppendTo(old: FileHandle, before: Buffer): Promise<string> {
  try {
    await untilOpenersAreDone(old);
    if ((await old.stat()).size <= before.length) return '';
    const now = await contentOf(old);
    const isAppended = now.subarray(0, before.length).equals(before);
    return isAppended ? now.toString('latin1', before.length) : '';
  } finally {
    await old.close();
  }
}

async function inPlace(request: SwapRequest, before: Buffer, after: Buffer): Promise<SwapOutcome> {
  await request.mayAppear;
  await requireWritableInPlace(request.file, request.path);
  if (!(await writeInPlace(request, before, after))) return { kind: 'changed' };
  await noteOwnWrite(request.path).catch(() => undefined);
  return { kind: 'done' };
}

async function remove(path: string, before: Buffer | undefined): Promise<SwapOutcome> {
  if (before === undefined) return { kind: 'done' };
  if (!fileHolds(path, before)) return { kind: 'changed' };
  unlinkSync(path);
  await syncFolder(dirname(path));
  return { kind: 'done' };
}

/**
 * Check and rename with nothing in between, so that another program has only an instant to write
 * unseen. On Windows a scanner may hold the file for a moment.
 */
async function renameUnlessChanged(
  temporary: string,
  path: string,
  mayReplace: () => boolean,
): Promise<SwapOutcome> {
  try {
    for (let attempt = 1; ; attempt += 1) {
      if (!mayReplace()) {
        await unlink(temporary);
        return { kind: 'changed' };
      }
      try {
        renameSync(temporary, path);
        break;
      } catch (error) {
        const held = process.platform === 'win32' && notReplaceable.has(codeOf(error));
        if (!held || attempt === 10) throw error;
        await delay(10 * attempt);
      }
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  return { kind: 'done' };
}

async function openOld(path: string): Promise<FileHandle | undefined> {
  return await open(path, 'r').catch(() => undefined);
}
