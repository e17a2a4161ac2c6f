import { open } from 'node:fs/promises';

/** Makes a rename in `folder` durable. Windows has no handles of folders and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
