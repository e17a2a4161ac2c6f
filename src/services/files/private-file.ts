import { randomBytes } from 'node:crypto';
import {
  lstat,
  open,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../models/problem.ts';
import { fillReserve, spendReserve } from './reserve.ts';
import { syncFolder } from './sync-folder.ts';

/*
 * Files in Stint's home that are replaced whole: a reader sees the old or the new one, never a part,
 * even after a kill or on a full disk. Not with write-file-atomic, which treats a short write (the
 * disk fills up) as a whole one and renames the stump over the good file (decision 5).
 */

/** Tells whether a file is still the one that was read or written. */
export interface FileStamp {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/** The stamp of `file`, or undefined if it does not exist. Throws Problem 'file-unreadable'. */
export async function stampOf(file: string): Promise<FileStamp | undefined> {
  try {
    return toStamp(await stat(file, { bigint: true }));
  } catch (error) {
    await throwUnlessAbsent(file, error as NodeJS.ErrnoException);
    return undefined;
  }
}

export function sameStamp(a: FileStamp | undefined, b: FileStamp | undefined): boolean {
  return a?.ino === b?.ino && a?.size === b?.size && a?.mtimeNs === b?.mtimeNs;
}

function toStamp({ ino, size, mtimeNs }: FileStamp): FileStamp {
  return { ino, size, mtimeNs };
}

/** Reads bytes and stamp of the same file; undefined if it does not exist. Throws Problem 'file-unreadable'. */
export async function readStamped(
  file: string,
): Promise<{ readonly bytes: Buffer; readonly stamp: FileStamp } | undefined> {
  let handle;
  try {
    handle = await open(file, 'r');
    const stamp = toStamp(await handle.stat({ bigint: true }));
    return { bytes: await handle.readFile(), stamp };
  } catch (error) {
    await throwUnlessAbsent(file, error as NodeJS.ErrnoException);
    return undefined;
  } finally {
    await handle?.close();
  }
}

/**
 * A missing file is an answer. An unreadable one is a problem, and so is a link to something that is
 * not there: its drive may only be missing, and a new file in its place would hide what it has.
 */
async function throwUnlessAbsent(file: string, cause: NodeJS.ErrnoException): Promise<void> {
  if (cause.code === 'ENOENT') {
    const target = await deadLink(file);
    if (target === undefined) return;
    throw new Problem('file-unreadable', {
      detail: `${file} is a link to ${target}, which is not there.`,
      next: 'Mount the drive that has it, or remove the link.',
      cause,
    });
  }
  throw new Problem('file-unreadable', {
    detail: `${file} cannot be read: ${cause.message}`,
    next: 'Make the file readable for your user.',
    cause,
  });
}

/** What `file` links to, if it is a link and that does not exist. */
async function deadLink(file: string): Promise<string | undefined> {
  const isLink = await lstat(file).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  return isLink ? await readlink(file).catch(() => undefined) : undefined;
}

/**
 * Replaces `file` (0600) by way of a temporary file beside it: write, fsync, rename, fsync of the
 * folder. `unlessChanged`: returns undefined without a change if the file is another one by now.
 * Throws Problem 'file-unwritable'; the old file is unchanged then. A link that leads nowhere is not
 * replaced.
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  unlessChanged?: { readonly from: FileStamp | undefined },
): Promise<FileStamp | undefined> {
  const found = await realpath(file).catch(() => undefined);
  const target = found ?? file;
  const temporary = temporaryFileName(target);
  try {
    const missing = found === undefined ? await deadLink(file) : undefined;
    if (missing !== undefined) throw new Error(`it is a link to ${missing}, which is not there`);
    const stamp = await writeWithReserve(temporary, content);
    if (unlessChanged && !sameStamp(await stampOf(target), unlessChanged.from)) {
      await unlink(temporary);
      return undefined;
    }
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return stamp;
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    throw unwritable(file, cause as NodeJS.ErrnoException);
  }
}

/**
 * As `replaceFile`, for a small file that can be made again at any time: on a full disk its bytes are
 * overwritten where they are, which needs no space. Throws Problem 'file-unwritable'.
 */
export async function renewFile(file: string, content: string): Promise<void> {
  try {
    await replaceFile(file, content);
  } catch (error) {
    if (!(error instanceof Problem) || !isFull(error.details.cause)) throw error;
    await overwrite(file, content).catch(() => {
      throw error;
    });
  }
}

/** Folders of files that were written with the reserve; it is filled again once the disk has room. */
const spent = new Set<string>();

async function writeWithReserve(file: string, content: string | Uint8Array): Promise<FileStamp> {
  const folder = dirname(file);
  try {
    const stamp = await writeWhole(file, content);
    if (spent.delete(folder)) await fillReserve(folder);
    return stamp;
  } catch (error) {
    if (!isFull(error) || !(await spendReserve(folder))) throw error;
    spent.add(folder);
    await unlink(file).catch(() => undefined);
    return await writeWhole(file, content);
  }
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function overwrite(file: string, content: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.write(content, 0);
    await handle.truncate(Buffer.byteLength(content));
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(file: string, content: string | Uint8Array): Promise<FileStamp> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await writeAll(handle, content);
    const stats = await handle.stat({ bigint: true });
    // The mask of this process may have taken rights away. Windows has no such modes.
    if ((stats.mode & 0o777n) !== 0o600n && process.platform !== 'win32') await handle.chmod(0o600);
    await handle.sync();
    return toStamp(stats);
  } finally {
    await handle.close();
  }
}

/**
 * At once, where the system does so. `handle.writeFile` writes pieces of 512 kB, each a turn of the thread
 * pool: six for the workspace of 5,000 sessions.
 */
async function writeAll(handle: FileHandle, content: string | Uint8Array): Promise<void> {
  let left: Uint8Array = typeof content === 'string' ? Buffer.from(content) : content;
  while (left.length > 0) {
    const { bytesWritten } = await handle.write(left);
    left = left.subarray(bytesWritten);
  }
}

/** A new name beside `file`, for what will be renamed to it. */
export function temporaryFileName(file: string): string {
  const random = randomBytes(4).toString('hex');
  return join(dirname(file), `.${basename(file)}.${process.pid}.${random}.tmp`);
}

/** The process that made a temporary file of ours; undefined for another name. */
export function temporaryFilePid(name: string): number | undefined {
  const match = /^\..+\.(\d+)\.[0-9a-f]{8}\.tmp$/.exec(name);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

export function unwritable(file: string, cause: NodeJS.ErrnoException): Problem {
  const full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT' || cause.code === 'EFBIG';
  return new Problem('file-unwritable', {
    detail: `${file} cannot be written: ${cause.message}. It is unchanged.`,
    next: full ? 'Free some space and try again.' : 'Make its folder writable for your user.',
    cause,
  });
}
