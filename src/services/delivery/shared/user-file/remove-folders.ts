import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Removes `from` and the folders above it up to `topmost`, as long as they are empty; a root never is. */
export async function removeFolders(from: string, topmost: string): Promise<void> {
  let folder = from;
  for (;;) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
    if (folder === topmost) return;
    folder = dirname(folder);
  }
}
