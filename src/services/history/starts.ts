import { Problem } from '../../models/problem.ts';
import type { Starts } from '../../models/session-order.ts';
import { toInstant } from '../../models/time.ts';
import type { History } from './history.ts';

/** What somebody used long ago says little about what they want now. */
const lookedBack = 90 * 24 * 3_600_000;

/**
 * How often each session was started in the last 90 days. `now`: milliseconds since the epoch. Empty
 * where the history cannot be read: the order of a list is not worth a failure.
 */
export function startsOf(history: Pick<History, 'counts'>, now: number): Starts {
  try {
    return history.counts('session-started', toInstant(now - lookedBack));
  } catch (error) {
    if (error instanceof Problem) return new Map();
    throw error;
  }
}
