import { stat } from 'node:fs/promises';
import type { Finding } from '../../delivery.ts';

/** A file with keys or tokens that other users of the machine may read or change; POSIX modes only. */
export async function openToOthers(file: string): Promise<readonly Finding[]> {
  if (process.platform === 'win32') return [];
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() !== true || (stats.mode & 0o077) === 0) return [];
  return [
    {
      code: 'open-to-others',
      message: `Other users can read or change ${file}, which has credentials now: its mode is ${(stats.mode & 0o777).toString(8)}.`,
      next: `Protect it: chmod 600 ${file}`,
    },
  ];
}
