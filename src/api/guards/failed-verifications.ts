import { createHash } from 'node:crypto';

/** After so many refused tokens within the window, unknown tokens are refused unchecked. */
const tolerated = 20;
const windowMilliseconds = 60_000;
const rememberedTokens = 256;

/**
 * Slows down guessing over TCP, where anybody on the machine can try. Tokens that were valid before
 * never wait: somebody else's guesses must not lock out clients that are already in.
 */
export class FailedVerifications {
  readonly #now: () => number;
  readonly #good = new Set<string>();
  #failures: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds to wait before `token` is checked, or 0. */
  secondsToWait(token: string): number {
    const now = this.#now();
    this.#failures = this.#failures.filter((at) => at > now - windowMilliseconds && at <= now);
    const [oldest] = this.#failures;
    if (oldest === undefined || this.#failures.length < tolerated) return 0;
    if (this.#good.has(digest(token))) return 0;
    return Math.ceil((oldest + windowMilliseconds - now) / 1000);
  }

  note(token: string, outcome: 'accepted' | 'refused'): void {
    if (outcome === 'refused') {
      this.#failures.push(this.#now());
      return;
    }
    const known = digest(token);
    this.#good.delete(known);
    this.#good.add(known);
    const [oldest] = this.#good;
    if (this.#good.size > rememberedTokens && oldest !== undefined) this.#good.delete(oldest);
  }
}

/** A token itself is not kept in memory longer than its request. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
