/** Work on the same key one after another, on different keys side by side. */
export class OneAtATime {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Throws the signal's reason at once when it is called off while it waits. */
  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const done = before.then(async () => {
      signal.throwIfAborted();
      return await work();
    });
    const tail = done.catch(() => undefined);
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    let begun = false;
    void before.then(() => (begun = true));
    return await new Promise<T>((resolve, reject) => {
      const leave = () => {
        // Once begun, the work itself heeds the signal, and is done only when it has tidied up.
        if (!begun) reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      done.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
      });
    });
  }
}
