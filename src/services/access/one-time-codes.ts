import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';

/** How long a code is valid, in milliseconds: a browser has to start. */
const lifetime = 2 * 60_000;

/** Codes that each open one window, once. They have 256 random bits, so they cannot be guessed. */
export class OneTimeCodes {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #goodUntil = new Map<string, number>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  make(): string {
    const now = this.#clock.now();
    for (const [code, end] of this.#goodUntil) if (end <= now) this.#goodUntil.delete(code);
    const code = randomBytes(32).toString('base64url');
    this.#goodUntil.set(code, now + lifetime);
    return code;
  }

  /** True the first time for a valid code. */
  use(code: string): boolean {
    const end = this.#goodUntil.get(code);
    this.#goodUntil.delete(code);
    return end !== undefined && this.#clock.now() < end;
  }
}
