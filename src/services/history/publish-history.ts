import type { EventLog } from '../events/event-log.ts';
import type { History } from './history.ts';

/** The same history; each entry is also published as an event. */
export function publishHistory(history: History, events: EventLog): History {
  const appendAll: History['appendAll'] = (entries) => {
    const written = history.appendAll(entries);
    for (const { kind, sessionId } of written ? entries : []) {
      events.publish({
        type: 'history',
        kind,
        ...(sessionId === undefined ? {} : { sessionId }),
      });
    }
    return written;
  };
  return {
    append: (entry) => appendAll([entry]),
    appendAll,
    counts: (kind, from) => history.counts(kind, from),
    list: (query) => history.list(query),
    notices: () => history.notices(),
    close: () => history.close(),
  };
}
