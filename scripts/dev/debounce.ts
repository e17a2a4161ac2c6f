/** Debounces the several events of one save: calls back once they have ceased for a moment. */
export class Debounce {
  readonly #callback: (since: number) => void;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `since`: the first of the events, in milliseconds of `performance.now()`. */
  constructor(callback: (since: number) => void) {
    this.#callback = callback;
  }

  change(): void {
    this.#since ??= performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const since = this.#since ?? performance.now();
      this.#since = undefined;
      this.#callback(since);
    }, 100);
  }
}
