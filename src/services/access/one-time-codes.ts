import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';

/** How long a code waits to be used, in milliseconds: a browser has to start. */
const lifetime = 2 * 60_000;

/** Codes that each let one window in, once. 256 random bits: looking one up tells nothing of others. */
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

  /** True the first time for a code that is still good. */
  use(code: string): boolean {
    const end = this.#goodUntil.get(code);
    this.#goodUntil.delete(code);
    return end !== undefined && this.#clock.now() < end;
  }
}
