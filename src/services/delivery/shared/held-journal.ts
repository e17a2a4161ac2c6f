import type { Leftover } from '../delivery.ts';
import type { Held } from '../held.ts';

/** A journal that cannot be read, as one of the things that Stint holds: there may be more. */
export function heldJournal({ file, reason }: Leftover): Held {
  const what = `A clean-up journal that cannot be read, so that Stint may hold more. ${reason}`;
  return { kind: 'journal', file, key: '', what };
}
