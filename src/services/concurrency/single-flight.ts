interface Shared<T> {
  readonly done: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Work that several callers want at the same time is done once, for all of them. Who gives up
 * leaves the others waiting; it is called off when the last one has given up.
 */
export class SingleFlight<T> {
  readonly #shared = new Map<string, Shared<T>>();

  isUnderWay(key: string): boolean {
    return this.#shared.has(key);
  }

  /** Joins what is under way for `key`, or begins it. Throws the signal's reason, and what it throws. */
  async run(
    key: string,
    signal: AbortSignal,
    begin: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const shared = this.#shared.get(key) ?? this.#begin(key, begin);
    shared.waiting += 1;
    let giveUp = (): void => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
    });
    try {
      return await Promise.race([shared.done, givenUp]);
    } finally {
      signal.removeEventListener('abort', giveUp);
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        // Whoever comes next begins anew: this one is ending.
        if (this.#shared.get(key) === shared) this.#shared.delete(key);
        shared.controller.abort(signal.reason);
      }
    }
  }

  /** Calls off what is under way for `key`, for all who wait. */
  cancel(key: string, reason: Error): void {
    this.#shared.get(key)?.controller.abort(reason);
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const controller = new AbortController();
    const done = begin(controller.signal).finally(() => {
      if (this.#shared.get(key) === shared) this.#shared.delete(key);
    });
    done.catch(() => undefined);
    const shared: Shared<T> = { done, controller, waiting: 0 };
    this.#shared.set(key, shared);
    return shared;
  }
}
