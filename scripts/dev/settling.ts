/** One save is several events: calls back once they have ceased for a moment. */
export class Settling {
  readonly #settled: (since: number) => void;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `since`: the first of the events, in milliseconds of `performance.now()`. */
  constructor(settled: (since: number) => void) {
    this.#settled = settled;
  }

  change(): void {
    this.#since ??= performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const since = this.#since ?? performance.now();
      this.#since = undefined;
      this.#settled(since);
    }, 100);
  }
}
