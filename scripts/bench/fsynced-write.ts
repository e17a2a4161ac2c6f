import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The least that puts a whole new content into a file for good: write, fsync, rename, fsync of the folder. */
export async function fsyncedWrite(file: string, content: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(content);
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
  const folder = await open(dirname(file), 'r');
  await folder.sync();
  await folder.close();
}
