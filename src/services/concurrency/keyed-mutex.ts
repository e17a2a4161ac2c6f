/** Why the work of an operation was called off, as its signal's reason. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

interface Operation {
  readonly name: string;
  readonly controller: AbortController;
}

/** One operation at a time per key, in the order they were asked for; different keys side by side. */
export class KeyedMutex {
  readonly #tail = new Map<string, Promise<unknown>>();
  /** What runs or waits, by key. */
  readonly #open = new Map<string, Set<Operation>>();

  /** `work` is called even where it was called off while it waited: its signal says so. */
  run<T>(key: string, name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const operation = { name, controller: new AbortController() };
    const open = this.#open.get(key) ?? new Set();
    this.#open.set(key, open.add(operation));
    const before = this.#tail.get(key) ?? Promise.resolve();
    const done = before
      .then(() => work(operation.controller.signal))
      .finally(() => open.delete(operation));
    const tail = done.catch(() => undefined);
    this.#tail.set(key, tail);
    void tail.then(() => {
      if (this.#tail.get(key) !== tail) return;
      this.#tail.delete(key);
      this.#open.delete(key);
    });
    return done;
  }

  /** Calls off what runs or waits for `key`, if it is one of `names`. */
  cancel(key: string, names: readonly string[], reason: string): void {
    for (const { name, controller } of this.#open.get(key) ?? []) {
      if (names.includes(name)) controller.abort(new CancelledError(reason));
    }
  }

  /** Resolves once nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.#tail.size > 0) await Promise.all(this.#tail.values());
  }
}
