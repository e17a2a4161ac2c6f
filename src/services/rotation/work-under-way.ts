import type { Log } from '../log/log.ts';
import { isClosedVault } from '../vault/vault-locked.ts';

/** What the scheduler has begun: one piece of work of a kind at a time for each subject. */
export class WorkUnderWay {
  readonly #log: Log;
  readonly #work = new Map<string, Promise<void>>();
  #isLockLogged = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Begins `work`, unless the same is under way; a failure is logged. */
  run(kind: string, subject: string, work: () => Promise<void>): void {
    const key = `${kind} ${subject}`;
    if (this.#work.has(key)) return;
    const done = work()
      .catch((error: unknown) => {
        if (this.logLocked(error)) return;
        this.#log.error('scheduler.failed', { work: kind, subject, error });
      })
      .finally(() => this.#work.delete(key));
    this.#work.set(key, done);
  }

  /** Whether work of any of the kinds is under way for the subject. */
  has(kinds: readonly string[], subject: string): boolean {
    return kinds.some((kind) => this.#work.has(`${kind} ${subject}`));
  }

  /** Resolves once the work is done, if it is under way. */
  async done(kind: string, subject: string): Promise<void> {
    await this.#work.get(`${kind} ${subject}`);
  }

  async allDone(): Promise<void> {
    await Promise.all(this.#work.values());
  }

  /** A locked vault fails work of every session again and again: it is logged once per lock. */
  logLocked(error: unknown): boolean {
    if (!isClosedVault(error)) return false;
    if (!this.#isLockLogged) this.#log.warn('scheduler.vault-locked', { error });
    this.#isLockLogged = true;
    return true;
  }

  noteUnlocked(): void {
    this.#isLockLogged = false;
  }
}
