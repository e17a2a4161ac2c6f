import { outsideRequests } from '../log/request-scope.ts';

/**
 * Wall-clock time and timers, injected so that tests can move time. A timer is a hint: compare
 * `now()` with an absolute deadline when it fires, since sleep and clock changes make timers late.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `milliseconds`; the returned function cancels. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** setTimeout fires at once above this many milliseconds (2^31 - 1). */
const longestTimer = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const delay = Math.min(Math.max(milliseconds, 0), longestTimer);
    // The log must not name the request in which a timer was set for what happens hours later.
    const timer = outsideRequests(() => setTimeout(callback, delay));
    return () => {
      clearTimeout(timer);
    };
  },
};
