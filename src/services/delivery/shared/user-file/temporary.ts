import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { open, readdir, stat, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '../../../clock/clock.ts';
import { isAlive } from '../../../files/living-process.ts';

/** No write takes this long, in milliseconds: an older file is left over, even if its pid is in use. */
const longestWrite = 10 * 60_000;

/** Beside the file, so that a rename can put it in its place. */
export function temporaryPath(path: string): string {
  const suffix = `stint-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  return join(dirname(path), `.${basename(path)}.${suffix}`);
}

/** Writes a new file, synced, with mode and owner of `like`, or 0600. Removes it on failure. */
export async function writeTemporary(
  path: string,
  bytes: Buffer,
  like: BigIntStats | undefined,
): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    if (process.platform !== 'win32') await makeLike(handle, like);
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

async function makeLike(handle: FileHandle, like: BigIntStats | undefined): Promise<void> {
  const made = await handle.stat({ bigint: true });
  if (like !== undefined && (made.uid !== like.uid || made.gid !== like.gid)) {
    await handle.chown(Number(like.uid), Number(like.gid));
  }
  const mode = (like?.mode ?? 0o600n) & 0o777n;
  if ((made.mode & 0o777n) !== mode) await handle.chmod(Number(mode));
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
