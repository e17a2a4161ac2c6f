import { existsSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { mkdir, open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../../../models/problem.ts';
import { unwritable } from '../../../files/private-file.ts';
import { noteOwnFile, noteOwnWrite, renameWouldLose } from './attributes.ts';
import { writeInPlace } from './in-place.ts';
import { codeOf } from './error-code.ts';
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

/**
 * Replaces `before` at `path` by `after`; undefined means no file. Readers see one or the other
 * whole, except where only a write in place is possible. Throws Problem 'file-unwritable'; the file
 * is unchanged then.
 */
export async function swap(
  location: SwapLocation & { readonly path: string },
  before: string | undefined,
  after: string | undefined,
): Promise<SwapOutcome> {
  const { path } = location;
  try {
    if (after === undefined) return await remove(path, before);
    if (before === undefined) return await create(path, after);
    if (location.inPlace === true || (await renameWouldLose(path)))
      return await inPlace(location, before, after);
    return await replace(location, before, after);
  } catch (error) {
    throw error instanceof Problem
      ? error
      : unwritable(location.file, error as NodeJS.ErrnoException);
  }
}

async function create(path: string, after: string): Promise<SwapOutcome> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = temporaryPath(path);
  await writeTemporary(temporary, after, undefined);
  const outcome = await renameUnlessChanged(temporary, path, () => !existsSync(path));
  if (outcome.kind === 'done') await noteOwnFile(path).catch(() => undefined);
  return outcome;
}

async function replace(
  location: SwapLocation & { readonly path: string },
  before: string,
  after: string,
): Promise<SwapOutcome> {
  const { path } = location;
  const temporary = temporaryPath(path);
  try {
    await writeTemporary(temporary, after, await stat(path));
  } catch (error) {
    if (!notReplaceable.has(codeOf(error))) throw error;
    return await inPlace(location, before, after);
  }
  const old = process.platform === 'win32' ? undefined : await openOld(path);
  try {
    const outcome = await renameUnlessChanged(temporary, path, () => stillHolds(path, before));
    if (outcome.kind !== 'done') {
      await old?.close();
      return outcome;
    }
  } catch (error) {
    await old?.close();
    if (!notReplaceable.has(codeOf(error))) throw error;
    return await inPlace(location, before, after);
  }
  // The new file is in place: nothing from here on is a failed write.
  await noteOwnFile(path).catch(() => undefined);
  return old === undefined ? { kind: 'done' } : await afterReplacing(old, before, location);
}

/** What other programs did to the old file, which they may still have open. Closes it. */
async function afterReplacing(
  old: FileHandle,
  before: string,
  { isAppendable = false }: SwapLocation,
): Promise<SwapOutcome> {
  const text = await contentOf(old).catch(() => before);
  if (text === before && isAppendable) {
    return { kind: 'done', lateAppend: lateAppendTo(old, before) };
  }
  try {
    if (text === before) return { kind: 'done' };
    await untilHandleQuiet(old);
    return { kind: 'overtaken', text: await contentOf(old) };
  } finally {
    await old.close();
  }
}

async function lateAppendTo(old: FileHandle, before: string): Promise<string> {
  try {
    await untilOpenersAreDone(old);
    const text = await contentOf(old);
    return text.startsWith(before) ? text.slice(before.length) : '';
  } finally {
    await old.close();
  }
}

async function inPlace(
  location: SwapLocation & { readonly path: string },
  before: string,
  after: string,
): Promise<SwapOutcome> {
  await requireWritableInPlace(location.file, location.path);
  if (!(await writeInPlace(location, before, after))) return { kind: 'changed' };
  await noteOwnWrite(location.path).catch(() => undefined);
  return { kind: 'done' };
}

async function remove(path: string, before: string | undefined): Promise<SwapOutcome> {
  if (before === undefined) return { kind: 'done' };
  if (!stillHolds(path, before)) return { kind: 'changed' };
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
  await syncFolder(dirname(path));
  return { kind: 'done' };
}

function stillHolds(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'latin1') === text;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function openOld(path: string): Promise<FileHandle | undefined> {
  return await open(path, 'r').catch(() => undefined);
}

async function contentOf(handle: FileHandle): Promise<string> {
  const buffer = Buffer.alloc((await handle.stat()).size);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.toString('latin1', 0, length);
}
