import type { StintEvent } from '../../models/event.ts';
import type { Log } from '../log/log.ts';

export interface NumberedEvent {
  /** Grows by one with each event of this owner. */
  readonly id: number;
  readonly event: StintEvent;
}

/** How many events a reader may have missed and still catch up. */
const remembered = 1000;

/**
 * Notifies every reader of what changed, in order, and remembers enough for one that was away for a
 * moment.
 */
export class EventLog {
  readonly #log: Pick<Log, 'error'> | undefined;
  #lastId = 0;
  #recent: NumberedEvent[] = [];
  readonly #readers = new Set<(event: NumberedEvent) => void>();
  readonly #undelivered: NumberedEvent[] = [];
  #isDelivering = false;

  /** `log` learns of readers that fail. */
  constructor(log?: Pick<Log, 'error'>) {
    this.#log = log;
  }

  /** Never throws: what happened has happened, whatever a reader makes of it. */
  publish(event: StintEvent): void {
    this.#lastId += 1;
    const numbered = { id: this.#lastId, event };
    this.#recent.push(numbered);
    if (this.#recent.length > remembered) this.#recent.shift();
    this.#undelivered.push(numbered);
    // An event that a reader publishes waits until all readers have seen the one before.
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let next; (next = this.#undelivered.shift()) !== undefined;) this.#deliver(next);
    this.#isDelivering = false;
  }

  /** The returned function ends the subscription. */
  subscribe(reader: (event: NumberedEvent) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** The id of the newest event; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Everything after `id`; undefined where that is not remembered, so that the reader starts over. */
  since(id: number): readonly NumberedEvent[] | undefined {
    if (id > this.#lastId || id < this.#lastId - this.#recent.length) return undefined;
    return this.#recent.filter((event) => event.id > id);
  }

  #deliver(numbered: NumberedEvent): void {
    for (const reader of [...this.#readers]) {
      try {
        reader(numbered);
      } catch (error) {
        this.#log?.error('events.reader-failed', { type: numbered.event.type, error });
      }
    }
  }
}
