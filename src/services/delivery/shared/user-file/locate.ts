import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Problem } from '../../../../models/problem.ts';
import { codeOf } from './error-code.ts';
import { exists } from './exists.ts';

/** Far more than any such file holds, in bytes. */
const largest = 10 * 1024 * 1024;

/**
 * The real path of a file: follows symbolic links, also one to a file that does not exist yet.
 * Throws Problem 'file-unreadable'.
 */
export async function locate(file: string): Promise<string> {
  let path = file;
  for (let links = 0; links < 40; links += 1) {
    try {
      return await realpath(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw unreadable(file, 'cannot be reached', error);
    }
    const isLink = await lstat(path).then(
      (entry) => entry.isSymbolicLink(),
      () => false,
    );
    if (!isLink) {
      await refuseLinkToNowhere(file, dirname(path));
      return path;
    }
    path = resolve(dirname(path), await readlink(path));
  }
  throw unreadable(file, 'is a symbolic link in a loop');
}

/** A folder that is a link to nothing, such as a drive that is not mounted, is not a folder to make. */
async function refuseLinkToNowhere(file: string, folder: string): Promise<void> {
  const entry = await lstat(folder).catch(() => undefined);
  if (entry === undefined) {
    if (dirname(folder) !== folder) await refuseLinkToNowhere(file, dirname(folder));
    return;
  }
  if (!entry.isSymbolicLink() || (await exists(folder))) return;
  throw new Problem('file-unreadable', {
    detail: `${file} cannot be reached: ${folder} is a link to ${await readlink(folder)}, which does not exist. Stint did not change it.`,
    next: 'Make that folder or mount its drive, or choose another location in the settings.',
  });
}

/** The bytes at `path`, in latin1; undefined if there is no file. Throws Problem 'file-unreadable'. */
export async function readUserFile(path: string): Promise<string | undefined> {
  return (await readUserBytes(path))?.toString('latin1');
}

/** The same as bytes. */
export async function readUserBytes(path: string): Promise<Buffer | undefined> {
  let handle;
  try {
    // A pipe or device of that name must not make us wait.
    const entry = await lstat(path);
    if (!entry.isFile())
      throw unreadable(path, entry.isDirectory() ? 'is a folder' : 'is not a regular file');
    if (entry.size > largest) throw unreadable(path, 'is larger than 10 MB');
    handle = await open(path, 'r');
    return await handle.readFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error instanceof Problem ? error : unreadable(path, 'cannot be read', error);
  } finally {
    await handle?.close();
  }
}

function unreadable(file: string, what: string, cause?: unknown): Problem {
  const why = cause === undefined ? '' : `: ${(cause as Error).message}`;
  return new Problem('file-unreadable', {
    detail: `${file} ${what}${why}. Stint did not change it.`,
    next: 'Make it a readable file, or choose another location in the settings.',
    cause,
  });
}
