import { open } from 'node:fs/promises';

/**
 * Makes a rename in `folder` durable, where that is possible: Windows has no handles of folders, some
 * file systems (CIFS, FUSE) refuse, and a folder may be writable but not readable. The rename is done
 * in any case, so this never throws.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // A crash of the system right now could undo the rename, no more.
  }
}
