import type { EventLog } from '../../src/services/events/event-log.ts';

/** How many read `events` from now on, beside those that did before. */
export function countReaders(events: EventLog): () => number {
  let count = 0;
  const subscribe = events.subscribe.bind(events);
  events.subscribe = (reader) => {
    const unsubscribe = subscribe(reader);
    count += 1;
    let hasLeft = false;
    return () => {
      if (!hasLeft) count -= 1;
      hasLeft = true;
      unsubscribe();
    };
  };
  return () => count;
}
