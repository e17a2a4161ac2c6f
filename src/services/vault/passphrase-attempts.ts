import { Problem } from '../../models/problem.ts';
import type { Clock } from '../clock/clock.ts';

/** How many wrong passphrases in a row cost no wait. */
const free = 5;

/** The longest wait after one more, in milliseconds. */
const longest = 60_000;

/**
 * Slows down who tries passphrases through the owner: after five wrong ones in a row, each costs a wait
 * that doubles, from 2 s to a minute. (Who has the file itself meets scrypt alone.)
 */
export class PassphraseAttempts {
  readonly #clock: Pick<Clock, 'now'>;
  #wrong = 0;
  #until = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Throws Problem 'too-many-attempts' before the wait is over. */
  admit(): void {
    // A clock that was set back must not lengthen the wait.
    const left = Math.min(this.#until - this.#clock.now(), longest);
    if (left <= 0) return;
    throw new Problem('too-many-attempts', {
      detail: `The last ${this.#wrong} passphrases were wrong.`,
      next: `Try again in ${Math.ceil(left / 1000)} s.`,
    });
  }

  /**
   * Runs `work`, which tries a passphrase. Throws Problem 'too-many-attempts', and what `work` throws:
   * 'vault-locked' and 'invalid-request' count as wrong where `isWrong` says so.
   */
  async limit(work: () => Promise<void>, isWrong: () => boolean): Promise<void> {
    this.admit();
    try {
      await work();
      this.right();
    } catch (error) {
      const isRefused =
        error instanceof Problem && ['vault-locked', 'invalid-request'].includes(error.code);
      if (isRefused && isWrong()) this.wrong();
      throw error;
    }
  }

  wrong(): void {
    this.#wrong += 1;
    const over = this.#wrong - free;
    if (over >= 0) this.#until = this.#clock.now() + Math.min(1000 * 2 ** (over + 1), longest);
  }

  right(): void {
    this.#wrong = 0;
    this.#until = 0;
  }
}
