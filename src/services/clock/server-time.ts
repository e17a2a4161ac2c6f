import type { Clock } from './clock.ts';

/** A difference below this is network delay and the one-second precision of `Date`, not a wrong clock. */
const tolerated = 2_000;

/**
 * The time at the cloud. The cloud sets the expiry, so a machine with a wrong clock would otherwise
 * end sessions early or serve expired credentials.
 */
export class ServerTime implements Clock {
  readonly #clock: Clock;
  #offset = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#offset;
  }

  after(milliseconds: number, callback: () => void): () => void {
    return this.#clock.after(milliseconds, callback);
  }

  /** Milliseconds by which the server is ahead of this machine. */
  get offset(): number {
    return this.#offset;
  }

  /** Takes an answer's `Date` header (RFC 9110 §6.6.1); anything else is ignored. */
  observe(dateHeader: string | undefined): void {
    const date = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    if (Number.isNaN(date)) return;
    const offset = date - this.#clock.now();
    this.#offset = Math.abs(offset) < tolerated ? 0 : offset;
  }
}
