/** Why the work of an operation was called off, as its signal's reason. */
export class CalledOff extends Error {
  override readonly name = 'CalledOff';
}

interface Running {
  readonly name: string;
  readonly controller: AbortController;
  readonly done: Promise<unknown>;
}

/** One operation at a time per key, in the order they were asked for; different keys side by side. */
export class OperationQueue {
  readonly #tail = new Map<string, Promise<unknown>>();
  readonly #running = new Map<string, Running>();

  run<T>(key: string, name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const before = this.#tail.get(key) ?? Promise.resolve();
    const done = before.then(async () => {
      this.#running.set(key, { name, controller, done });
      try {
        return await work(controller.signal);
      } finally {
        this.#running.delete(key);
      }
    });
    const tail = done.catch(() => undefined);
    this.#tail.set(key, tail);
    void tail.then(() => {
      if (this.#tail.get(key) === tail) this.#tail.delete(key);
    });
    return done;
  }

  /** Calls off what runs now for `key`, if it is one of `names`; what waits behind it still runs. */
  callOff(key: string, names: readonly string[], reason: string): void {
    const running = this.#running.get(key);
    if (running !== undefined && names.includes(running.name)) {
      running.controller.abort(new CalledOff(reason));
    }
  }

  /** Resolves once nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.#tail.size > 0) await Promise.all(this.#tail.values());
  }
}
