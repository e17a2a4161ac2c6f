import type { EventLog, NumberedEvent } from '../services/events/event-log.ts';

/** A comment now and then shows both ends that the other is still there, in milliseconds. */
const heartbeat = 15_000;

/** What one reader of the event stream gets, and until when. */
export interface Following {
  readonly events: EventLog;
  /** The number of the last event the reader knows of; undefined where that is not known. */
  readonly after: number | undefined;
  /** The event as the reader sees it, as a frame of the stream; '' where it is not theirs to see. */
  readonly frameOf: (event: NumberedEvent) => string;
  /** The frame that makes the reader start over, from event `lastId` on. */
  readonly frameOfReset: (lastId: number) => string;
  /** Asked before anything is sent: a stream must not outlive the rights it was opened with. */
  readonly isWelcome: () => Promise<boolean>;
}

/**
 * Server-Sent Events for one reader, made as they are read: a slow reader costs nothing but its
 * place, and one that falls too far behind starts over. Nothing is held where nobody reads.
 */
export function readerStream(following: Following): ReadableStream<Uint8Array> {
  const { events, frameOf, frameOfReset, isWelcome } = following;
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
    last = events.lastId;
    return missed === undefined ? frameOfReset(last) : missed.map(frameOf).join('');
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      // Something at once, so that the head of the answer goes out.
      controller.enqueue(encoder.encode(': following\n\n'));
    },
    async pull(controller) {
      if (last === events.lastId) await changeOrHeartbeat();
      const continues = isOpen && (await isWelcome());
      // A reader may leave while its token is looked at, which closes the stream by itself.
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
