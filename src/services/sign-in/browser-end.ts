import { existsSync } from 'node:fs';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../files/living-process.ts';

/** How long a browser may take to end after its last window is closed, in milliseconds. */
const patience = 10_000;

/**
 * Returns a function that waits until the browser that has just been started with `profile` is gone:
 * Playwright's connection to it ends earlier, and until then it writes to the profile. Chromium names
 * its process in the link `SingletonLock` (process_singleton_posix.cc: "host-pid"); on Windows it
 * holds `lockfile` for as long as it lives (process_singleton_win.cc). Never rejects.
 */
export async function endOfBrowser(profile: string): Promise<() => Promise<void>> {
  const link = await readlink(join(profile, 'SingletonLock')).catch(() => '');
  const pid = Number.parseInt(link.slice(link.lastIndexOf('-') + 1), 10);
  const isRunning = Number.isNaN(pid)
    ? () => existsSync(join(profile, 'lockfile'))
    : () => isAlive(pid);
  return async () => {
    const deadline = performance.now() + patience;
    while (isRunning() && performance.now() < deadline) await pause(20);
  };
}
