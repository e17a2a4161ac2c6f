import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Files in `folder` that this process has open; Linux alone tells (proc(5)). */
export async function openFilesIn(folder: string): Promise<readonly string[]> {
  const descriptors = '/proc/self/fd';
  const targets = await Promise.all(
    (await readdir(descriptors)).map((fd) => readlink(join(descriptors, fd)).catch(() => '')),
  );
  return targets.filter((file) => file.startsWith(folder));
}
