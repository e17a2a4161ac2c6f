import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unwritable } from '../../../files/private-file.ts';
import { exists } from './exists.ts';
import { locate } from './locate.ts';

/** Throws Problem 'file-unwritable' if neither a new file nor a write in place is possible. */
export async function requireWritable(file: string, path: string): Promise<void> {
  const folder = await nearestFolder(path);
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    // The folder may forbid a new file, while the existing one can still be written.
    const inPlace = await access(path, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!inPlace) throw unwritable(file, error as NodeJS.ErrnoException);
  }
}

/** The topmost folder that would be made for the file, if any. */
export async function topmostMissingFolder(file: string): Promise<string | undefined> {
  let missing: string | undefined;
  for (let folder = dirname(await locate(file)); !(await exists(folder));) {
    missing = folder;
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return missing;
}

async function nearestFolder(path: string): Promise<string> {
  let folder = dirname(path);
  while (!(await exists(folder)) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
