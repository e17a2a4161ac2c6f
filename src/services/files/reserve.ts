import { randomBytes } from 'node:crypto';
import { stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Space in the home for a disk that is full: a stop must be remembered, or the session is active again
 * after the next crash. The file has no other content than its size (docs/decisions/0034).
 */

/** More than a workspace of a thousand sessions, in bytes. */
const size = 1_048_576;

const fileIn = (folder: string) => join(folder, 'reserve');

/** Makes the file if it is not there; without room for all of it, none of it. Best effort. */
export async function fillReserve(folder: string): Promise<void> {
  const file = fileIn(folder);
  if ((await stat(file).catch(() => undefined))?.size === size) return;
  try {
    // Random, because some file systems compress, or store no zeros.
    await writeFile(file, randomBytes(size), { mode: 0o600 });
  } catch {
    await unlink(file).catch(() => undefined);
  }
}

/** Whether there is space now that there was not. */
export async function spendReserve(folder: string): Promise<boolean> {
  try {
    await unlink(fileIn(folder));
    return true;
  } catch {
    return false;
  }
}
