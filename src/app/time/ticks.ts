import { signal } from '@angular/core';

/**
 * A clock that ticks only while somebody reads it: a computed value that reads it is computed again at the
 * next multiple of `length`. Without readers, and while nobody sees the page, nothing wakes the processor.
 */
export class Ticks {
  readonly #length: number;
  readonly #isSeen: () => boolean;
  readonly #count = signal(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `length`: of a tick, in milliseconds. */
  constructor(length: number, isSeen: () => boolean) {
    this.#length = length;
    this.#isSeen = isSeen;
  }

  /** The start of the current tick, in milliseconds since the epoch. */
  read(): number {
    this.#count();
    const now = Date.now();
    const past = now % this.#length;
    if (this.#isSeen()) {
      this.#timer ??= setTimeout(() => {
        this.renew();
      }, this.#length - past);
    }
    return now - past;
  }

  /** Lets everybody who has read it read it again. */
  renew(): void {
    this.stop();
    this.#count.update((count) => count + 1);
  }

  /** Until it is read again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
