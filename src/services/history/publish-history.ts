import type { EventLog } from '../events/event-log.ts';
import type { History } from './history.ts';

/** The same history; each entry is also published as an event. */
export function publishHistory(history: History, events: EventLog): History {
  return {
    append(entry) {
      const written = history.append(entry);
      const { kind, sessionId } = entry;
      if (written) {
        events.publish({
          type: 'history',
          kind,
          ...(sessionId === undefined ? {} : { sessionId }),
        });
      }
      return written;
    },
    counts: (kind, from) => history.counts(kind, from),
    list: (query) => history.list(query),
    notices: () => history.notices(),
    close: () => history.close(),
  };
}
