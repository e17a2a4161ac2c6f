import { Injectable } from '@angular/core';
import { Ticks } from './ticks.ts';

/** Texts of durations show seconds below two minutes (`roughDuration`); with one tick of half a minute to spare. */
const inSecondsBelow = 150_000;

/** The time, in milliseconds since the epoch, for what the page shows of it. Read it where a signal is read. */
@Injectable({ providedIn: 'root' })
export class Now {
  readonly #isSeen = () => !document.hidden;
  readonly #seconds = new Ticks(1000, this.#isSeen);
  /** For minutes and days: drawing the rings and texts of many sessions each second would keep a core busy. */
  readonly #rough = new Ticks(30_000, this.#isSeen);

  constructor() {
    document.addEventListener('visibilitychange', () => {
      for (const ticks of [this.#seconds, this.#rough]) {
        if (document.hidden) ticks.stop();
        else ticks.renew();
      }
    });
  }

  /** The current day and minute; up to half a minute old. */
  rough(): number {
    return this.#rough.read();
  }

  /** Milliseconds until an instant, negative after it: to the second where a text shows seconds, else rough. */
  until(instant: number): number {
    const left = instant - this.#rough.read();
    return Math.abs(left) > inSecondsBelow ? left : instant - this.#seconds.read();
  }
}
