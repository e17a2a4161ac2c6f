import { stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../../clock/clock.ts';
import { isOwnWrite } from './attributes.ts';

/*
 * Many tools empty a file and write it a moment later, or append to it in pieces. A file is quiet when
 * nobody has written it for longer than such a pause, 250 ms, with a margin for late timers.
 */
const quietAfter = 300;

/** How long to wait for a file that is written again and again, in milliseconds. */
const patience = 10_000;

/** Waits while another program may be in the middle of writing the file at `path`. */
export async function untilQuiet(path: string): Promise<void> {
  await waitWhileTouched(async () => {
    const stats = await stat(path, { bigint: true }).catch(() => undefined);
    if (stats === undefined || isOwnWrite(path, stats)) return undefined;
    return { at: Number(stats.mtimeNs / 1_000_000n), isEmpty: stats.size === 0n };
  });
}

/** The same for an open file, which may no longer have a name. */
export async function untilHandleQuiet(handle: FileHandle): Promise<void> {
  await waitWhileTouched(async () => {
    const { mtimeMs, size } = await handle.stat();
    return { at: mtimeMs, isEmpty: size === 0 };
  });
}

/** How long a program that opened a file before it was replaced may take to write to it. */
export async function untilOpenersAreDone(handle: FileHandle): Promise<void> {
  await delay(quietAfter);
  await untilHandleQuiet(handle);
}

/** When a file was last modified, in milliseconds since 1970, and whether that emptied it. */
interface LastWrite {
  readonly at: number;
  readonly isEmpty: boolean;
}

/** A file that was just emptied is written within the pause: patience never ends there. */
async function waitWhileTouched(lastWrite: () => Promise<LastWrite | undefined>): Promise<void> {
  const deadline = systemClock.now() + patience;
  for (;;) {
    const last = await lastWrite();
    const now = systemClock.now();
    if (last === undefined || (now >= deadline && !last.isEmpty)) return;
    const age = now - last.at;
    // A time ahead of ours is that of a file server's clock and says nothing.
    if (age >= quietAfter || age < -quietAfter) return;
    await delay(Math.max(5, Math.min(quietAfter - age + 5, deadline - now)));
  }
}
