import type { Clock } from './clock.ts';

/** The same moment on two clocks, in milliseconds since the epoch. */
export interface Moment {
  /** What people read. */
  readonly machine: number;
  /** What limits and lifetimes are counted by. */
  readonly elapsed: number;
}

export function momentOf({
  clock,
  elapsed,
}: {
  readonly clock: Pick<Clock, 'now'>;
  readonly elapsed: Pick<Clock, 'now'>;
}): Moment {
  return { machine: clock.now(), elapsed: elapsed.now() };
}
