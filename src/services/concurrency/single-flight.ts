interface Flight<T> {
  readonly done: Promise<T>;
  readonly controller: AbortController;
  callers: number;
}

/**
 * Work that several callers want at the same time is done once, for all of them. A caller that
 * gives up leaves the others waiting; the work is cancelled when the last one has given up.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Joins the work under way for `key`, or begins it. Throws the signal's reason, and what the work throws. */
  async run(
    key: string,
    signal: AbortSignal,
    begin: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#begin(key, begin);
    flight.callers += 1;
    const { promise: givenUp, reject } = Promise.withResolvers<never>();
    const giveUp = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([flight.done, givenUp]);
    } finally {
      signal.removeEventListener('abort', giveUp);
      flight.callers -= 1;
      if (flight.callers === 0) {
        // The next caller starts new work: this one is ending.
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        flight.controller.abort(signal.reason);
      }
    }
  }

  /** The next caller for `key` starts new work; present callers get the work under way. */
  detach(key: string): void {
    this.#flights.delete(key);
  }

  /** Cancels the work under way for `key`, for all callers; the next caller starts new work. */
  cancel(key: string, reason: Error): void {
    const flight = this.#flights.get(key);
    this.#flights.delete(key);
    flight?.controller.abort(reason);
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const done = begin(controller.signal).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    done.catch(() => undefined);
    const flight: Flight<T> = { done, controller, callers: 0 };
    this.#flights.set(key, flight);
    return flight;
  }
}
