import type { StintEvent } from '../../models/event.ts';

export interface NumberedEvent {
  /** Grows by one with each event of this owner. */
  readonly id: number;
  readonly event: StintEvent;
}

/** How many events a reader may have missed and still catch up. */
const remembered = 1000;

/** Tells every reader what changed, in order, and remembers enough for one that was away a moment. */
export class EventLog {
  #lastId = 0;
  #recent: NumberedEvent[] = [];
  readonly #readers = new Set<(event: NumberedEvent) => void>();

  publish(event: StintEvent): void {
    this.#lastId += 1;
    const numbered = { id: this.#lastId, event };
    this.#recent.push(numbered);
    if (this.#recent.length > remembered) this.#recent.shift();
    for (const reader of [...this.#readers]) reader(numbered);
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

  /** Everything after `id`, or undefined where that is not remembered: the reader must start over. */
  since(id: number): readonly NumberedEvent[] | undefined {
    if (id > this.#lastId || id < this.#lastId - this.#recent.length) return undefined;
    return this.#recent.filter((event) => event.id > id);
  }

  get readers(): number {
    return this.#readers.size;
  }
}
