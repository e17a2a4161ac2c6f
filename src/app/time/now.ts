import { Injectable, signal } from '@angular/core';

/** The time, in milliseconds since the epoch, ticking once a second. */
@Injectable({ providedIn: 'root' })
export class Now {
  readonly #time = signal(Date.now());
  readonly time = this.#time.asReadonly();

  constructor() {
    const tick = () => {
      this.#time.set(Date.now());
      // On the full second, so that all countdowns change together.
      setTimeout(tick, 1000 - (Date.now() % 1000));
    };
    setTimeout(tick, 1000 - (Date.now() % 1000));
  }
}
