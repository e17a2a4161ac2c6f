import type { EventLog, NumberedEvent } from '../services/events/event-log.ts';

/** A comment this often shows each end that the other is still there, in milliseconds. */
const heartbeat = 15_000;

/** How many events one frame of the stream has at most: more are made when the reader has taken these. */
const mostAtOnce = 100;

/** What one reader of the event stream receives, and until when. */
export interface Following {
  readonly events: EventLog;
  /** The number of the last event the reader has; undefined if that is not known. */
  readonly after: number | undefined;
  /** The frame of an event for this reader; '' for one that they may not see. */
  readonly frameOf: (event: NumberedEvent) => string;
  /** The frame that makes the reader start over, from event `lastId` on. */
  readonly resetFrame: (lastId: number) => string;
  /** Checked before each frame: a stream must not outlive the rights it was opened with. */
  readonly isWelcome: () => Promise<boolean>;
}

/**
 * Server-Sent Events for one reader, made as they are read: a slow reader costs no memory, and one
 * that falls too far behind starts over.
 */
export function readerStream(following: Following): ReadableStream<Uint8Array> {
  const { events, frameOf, resetFrame, isWelcome } = following;
  const encoder = new TextEncoder();
  let last = following.after;
  let isOpen = true;
  let wake = (): void => undefined;

  const changeOrHeartbeat = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), heartbeat);
      const unsubscribe = events.subscribe(() => wake());
      wake = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
    });

  const news = () => {
    const missed = last === undefined ? undefined : events.since(last);
    if (missed === undefined) {
      last = events.lastId;
      return resetFrame(last);
    }
    const next = missed.slice(0, mostAtOnce);
    last = next.at(-1)?.id ?? events.lastId;
    return next.map(frameOf).join('');
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      // Sends the headers of the answer at once.
      controller.enqueue(encoder.encode(': following\n\n'));
    },
    async pull(controller) {
      if (last === events.lastId) await changeOrHeartbeat();
      const continues = isOpen && (await isWelcome());
      // A reader may leave while its token is checked, which closes the stream.
      if (!isOpen) return;
      if (continues) controller.enqueue(encoder.encode(news() || ': here\n\n'));
      else controller.close();
    },
    cancel() {
      isOpen = false;
      wake();
    },
  });
}
