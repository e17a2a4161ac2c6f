import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, readdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { latin1Bytes } from './content.ts';
import { systemClock } from '../../../clock/clock.ts';
import { isAlive } from '../../../files/living-process.ts';

/** No write takes this long, in milliseconds: an older file is left over, even if its pid is in use. */
const longestWrite = 10 * 60_000;

/** Beside the file, so that a rename can put it in its place. */
export function temporaryPath(path: string): string {
  const suffix = `stint-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  return join(dirname(path), `.${basename(path)}.${suffix}`);
}

/** Writes a new file (latin1), synced, with mode and owner of `like`, or 0600. Removes it on failure. */
export async function writeTemporary(
  path: string,
  text: string,
  like: Stats | undefined,
): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    if (like !== undefined && process.platform !== 'win32') {
      const made = await handle.stat();
      if (made.uid !== like.uid || made.gid !== like.gid) await handle.chown(like.uid, like.gid);
    }
    await handle.writeFile(latin1Bytes(text));
    if (process.platform !== 'win32') await handle.chmod((like?.mode ?? 0o600) & 0o777);
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Removes what a killed writer left beside `path`, but not what a live one is writing. */
export async function removeTemporaries(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.stint-`;
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = name.startsWith(start) ? /-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name)?.[1] : undefined;
    if (pid === undefined) continue;
    const left = join(folder, name);
    const age = systemClock.now() - (await stat(left).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
    if (Number(pid) === process.pid || age > longestWrite || !isAlive(Number(pid))) {
      await unlink(left).catch(() => undefined);
    }
  }
}
