import { readFileSync, unlinkSync } from 'node:fs';
import { readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../clock/clock.ts';
import { isAlive } from '../../files/living-process.ts';
import { codeOf } from '../shared/user-file/error-code.ts';

/** How long msal-extensions waits before it continues without the lock, and between tries; milliseconds. */
const patience = 5000;
const interval = 50;

/**
 * Runs `work` as msal-extensions changes a token cache (cache_lock.py, `CrossPlatLock`): who makes
 * `<cache>.lockfile` may write, and removes it again. Node cannot take its other half, flock(2) on
 * that file; both sides wait for the file, so it is not needed. Where the file cannot be made (no
 * such folder, a read-only one), or somebody keeps it, `work` runs without it, as in
 * msal-extensions: the edit itself notices other writers.
 */
export async function withLockfile<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lockfile = `${file}.lockfile`;
  const content = `${process.pid} stint`;
  const isOurs = await take(lockfile, content);
  try {
    return await work();
  } finally {
    if (isOurs) release(lockfile, content);
  }
}

async function take(lockfile: string, content: string): Promise<boolean> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      await writeFile(lockfile, content, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      const code = codeOf(error);
      // On a full disk the file is made, but empty.
      if (code === 'ENOSPC' || code === 'EDQUOT') await unlink(lockfile).catch(() => undefined);
      if (code !== 'EEXIST') return false;
    }
    if (await isAbandoned(lockfile)) await unlink(lockfile).catch(() => undefined);
    else if (performance.now() >= deadline) return false;
    else await delay(interval);
  }
}

/** It begins with the pid of its maker, and is empty only for an instant before that. */
async function isAbandoned(lockfile: string): Promise<boolean> {
  try {
    const pid = /^(\d+) /.exec(await readFile(lockfile, 'utf8'))?.[1];
    if (pid !== undefined) return !isAlive(Number(pid));
    return systemClock.now() - (await stat(lockfile)).mtimeMs > patience;
  } catch {
    return false;
  }
}

/** Unless somebody stopped waiting for us and made it theirs. */
function release(lockfile: string, content: string): void {
  try {
    if (readFileSync(lockfile, 'utf8') === content) unlinkSync(lockfile);
  } catch {
    // It is gone already.
  }
}
