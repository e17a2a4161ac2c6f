import { existsSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { access, constants, mkdir, open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../../../models/problem.ts';
import { unwritable } from '../../../files/private-file.ts';
import { noteOwnFile, renameWouldLose } from './attributes.ts';
import { writeInPlace } from './in-place.ts';
import { codeOf } from './locate.ts';
import { temporaryPath, writeTemporary } from './temporary.ts';
import { syncFolder } from '../../../files/sync-folder.ts';

export interface SwapLocation {
  /** The path that the user knows. */
  readonly file: string;
  /** For the old content during a write in place. */
  readonly undoFolder: string;
}

export type SwapOutcome =
  | { readonly kind: 'done' }
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
    if (await renameWouldLose(path)) return await inPlace(location, before, after);
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
    if (outcome.kind !== 'done') return outcome;
    await noteOwnFile(path).catch(() => undefined);
    if (old === undefined) return outcome;
    const text = await contentOf(old);
    return text === before ? outcome : { kind: 'overtaken', text: await wholeContentOf(old) };
  } catch (error) {
    if (!notReplaceable.has(codeOf(error))) throw error;
    return await inPlace(location, before, after);
  } finally {
    await old?.close();
  }
}

async function inPlace(
  location: SwapLocation & { readonly path: string },
  before: string,
  after: string,
): Promise<SwapOutcome> {
  await access(location.path, constants.W_OK);
  return { kind: (await writeInPlace(location, before, after)) ? 'done' : 'changed' };
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

/** What the file holds once nobody is in the middle of writing it. */
async function wholeContentOf(handle: FileHandle): Promise<string> {
  let text = await contentOf(handle);
  for (let tries = 0; tries < 5; tries += 1) {
    const size = (await handle.stat()).size;
    if (size === text.length && size > 0) return text;
    await delay(20);
    text = await contentOf(handle);
  }
  return text;
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
