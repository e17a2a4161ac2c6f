import { readFileSync, unlinkSync } from 'node:fs';
import { readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../../files/living-process.ts';
import { codeOf } from '../shared/user-file/locate.ts';

/** As long as msal-extensions waits before it goes on without, and between looks; milliseconds. */
const patience = 5000;
const interval = 50;

/**
 * Does `work` as msal-extensions changes a token cache (cache_lock.py, `CrossPlatLock`): whoever
 * makes `<cache>.lockfile` may write, and removes it again. Its other half, flock(2) on that file,
 * Node cannot take; both sides wait for the file, so it is not missed. Where it cannot be made (no
 * such folder, a read-only one), or somebody keeps it, work is done without, as msal-extensions does:
 * the edit itself notices other writers.
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
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      await writeFile(lockfile, content, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      const code = codeOf(error);
      // On a full disk it is there, with nothing in it.
      if (code === 'ENOSPC' || code === 'EDQUOT') await unlink(lockfile).catch(() => undefined);
      if (code !== 'EEXIST') return false;
    }
    if (await isAbandoned(lockfile)) await unlink(lockfile).catch(() => undefined);
    else if (Date.now() >= deadline) return false;
    else await delay(interval);
  }
}

/** It begins with the pid of who made it; for an instant after that, and no longer, it is empty. */
async function isAbandoned(lockfile: string): Promise<boolean> {
  try {
    const pid = /^(\d+) /.exec(await readFile(lockfile, 'utf8'))?.[1];
    if (pid !== undefined) return !isAlive(Number(pid));
    return Date.now() - (await stat(lockfile)).mtimeMs > patience;
  } catch {
    return false;
  }
}

/** Not where somebody lost patience with us and made it theirs. */
function release(lockfile: string, content: string): void {
  try {
    if (readFileSync(lockfile, 'utf8') === content) unlinkSync(lockfile);
  } catch {
    // Gone already.
  }
}
