import type { Clock } from './clock.ts';

/** A machine this far off cannot sign requests anyway, so a greater difference is a fault of the server. */
const longest = 24 * 3_600_000;

/** A difference below this is network delay and the one-second precision of `Date`, not a wrong clock. */
const tolerated = 2_000;

/**
 * The time at one service. It sets the expiry of what it issues, so a machine with a wrong clock would
 * otherwise end sessions early or serve expired credentials. Based on elapsed time: setting the
 * machine's clock does not change it.
 */
export class ServerTime implements Clock {
  readonly #elapsed: Clock;
  #offset: number | undefined;

  constructor(elapsed: Clock) {
    this.#elapsed = elapsed;
  }

  now(): number {
    return this.#elapsed.now() + this.offset;
  }

  after(milliseconds: number, callback: () => void): () => void {
    return this.#elapsed.after(milliseconds, callback);
  }

  /** Milliseconds by which the server is ahead of elapsed time. */
  get offset(): number {
    return this.#offset ?? 0;
  }

  /** The same; undefined before the first answer. */
  get measured(): number | undefined {
    return this.#offset;
  }

  /** Milliseconds by which the server is ahead of this machine's clock; 0 before the first answer. */
  get aheadOfMachine(): number {
    return this.#offset === undefined ? 0 : this.#offset + (this.#elapsed.offset ?? 0);
  }

  /** Takes an answer's `Date` header (RFC 9110 §6.6.1); anything else is ignored, and so is a day or more. */
  observe(dateHeader: string | undefined): void {
    const date = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    if (Number.isNaN(date)) return;
    const offset = date - this.#elapsed.now();
    const { offset: elapsedOffset = 0 } = this.#elapsed;
    const ofMachine = offset + elapsedOffset;
    if (Math.abs(ofMachine) >= longest) return;
    this.#offset = Math.abs(ofMachine) < tolerated ? -elapsedOffset : offset;
  }
}
