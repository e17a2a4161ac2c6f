import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../../../../models/problem.ts';
import { unwritable } from '../../../files/private-file.ts';
import { ownershipWouldChange } from './attributes.ts';
import { exists } from './exists.ts';
import { locate } from './locate.ts';

/**
 * Throws Problem 'file-unwritable' if neither a new file nor a write in place is possible, as far as
 * that shows without writing. `inPlace`: a new file is not possible.
 */
export async function requireWritable(
  file: string,
  path: string,
  { inPlace = false }: { readonly inPlace?: boolean | undefined } = {},
): Promise<void> {
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  if (stats !== undefined && (inPlace || ownershipWouldChange(stats))) {
    await requireWritableInPlace(file, path);
    return;
  }
  const ofFolder = await accessError(await nearestFolder(path));
  const ofFile = stats === undefined ? ofFolder : await accessError(path);
  // The folder may forbid a new file, while the existing one can still be written.
  if (ofFolder !== undefined && ofFile !== undefined) throw unwritable(file, ofFolder);
  // Nothing can be renamed over a mount, and this one is of the file alone.
  if (ofFile?.code === 'EROFS') throw readOnlyMount(file, ofFile);
}

/** Throws Problem 'file-unwritable' if the existing file cannot be written. */
export async function requireWritableInPlace(file: string, path: string): Promise<void> {
  const error = await accessError(path);
  if (error === undefined) return;
  if (error.code === 'EROFS') throw readOnlyMount(file, error);
  const { uid } = await stat(path);
  if (uid === process.geteuid?.()) {
    throw refused(file, error, 'its mode forbids it', `Make it writable: chmod u+w ${path}`);
  }
  const owner = uid === 0 ? 'root' : `user ${uid}`;
  const next = `Make it yours: sudo chown ${process.geteuid?.() ?? ''} ${path}`;
  throw refused(file, error, `it belongs to ${owner}`, next);
}

function readOnlyMount(file: string, cause: NodeJS.ErrnoException): Problem {
  const next = 'Mount it writable, or choose another location in the settings.';
  return refused(file, cause, 'it is on a read-only file system', next);
}

function refused(file: string, cause: NodeJS.ErrnoException, why: string, next: string): Problem {
  const detail = `${file} cannot be written: ${why}. It is unchanged.`;
  return new Problem('file-unwritable', { detail, next, cause });
}

async function accessError(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await access(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
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
