import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { outsideRequests } from '../log/request-scope.ts';

/**
 * Time and timers, injected so that tests can move time. A timer is a hint: compare `now()` with an
 * absolute deadline when it fires, since sleep and clock changes make timers late.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `milliseconds`; the returned function cancels. */
  after(milliseconds: number, callback: () => void): () => void;
  /** Milliseconds by which it is ahead of the clock it is based on; 0 if omitted. */
  readonly offset?: number;
}

/** The clock that a person sets, and beside it how long the machine has been on. */
export interface MachineClock extends Clock {
  /** Milliseconds since the machine was switched on, sleep included; never changed by setting the clock. */
  uptime(): number;
  /** Tells this time of being on from any other; undefined where the platform does not say. */
  readonly bootId: string | undefined;
}

/** setTimeout fires at once above this many milliseconds (2^31 - 1). */
const longestTimer = 2_147_483_647;

/** How long one reading of the time since boot is used, in milliseconds: Linux tells it in steps of 10. */
const uptimeStep = 10;

/**
 * Milliseconds since boot, read again every 10 ms: on Linux to read them opens a file, which is too much for each
 * of the times that the owner asks. Between two readings the machine may have slept, which moves the
 * machine's clock, or that clock may have been set, and then time that does not count sleep has passed
 * nevertheless: what a clock set back by as much hides of sleep, it hides for 10 ms of `running`.
 */
export function uptimeReader(clocks: {
  /** Milliseconds since boot, sleep included. */
  readonly uptime: () => number;
  /** The clock that a person sets, in milliseconds. */
  readonly wall: () => number;
  /** Milliseconds that never go back; need not count sleep. */
  readonly running: () => number;
}): () => number {
  let reading = { uptime: 0, wall: -Infinity, running: -Infinity };
  return () => {
    const [wall, running] = [clocks.wall(), clocks.running()];
    const isFresh =
      Math.abs(wall - reading.wall) < uptimeStep && running - reading.running < uptimeStep;
    if (!isFresh) reading = { uptime: clocks.uptime(), wall, running };
    return reading.uptime;
  };
}

export const systemClock: MachineClock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const delay = Math.min(Math.max(milliseconds, 0), longestTimer);
    // The log must not name the request in which a timer was set for what happens hours later.
    const timer = outsideRequests(() => setTimeout(callback, delay));
    return () => {
      clearTimeout(timer);
    };
  },
  // Not process.hrtime, which does not move while a Linux machine sleeps. libuv reads /proc/uptime
  // (CLOCK_BOOTTIME), kern.boottime and GetTickCount64, which all count sleep.
  uptime: uptimeReader({
    uptime: () => uptime() * 1000,
    wall: () => Date.now(),
    running: () => performance.now(),
  }),
  bootId: readBootId(),
};

/** proc(5), /proc/sys/kernel/random/boot_id. */
function readBootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}
