import type { Log } from '../log/log.ts';
import { isClosedVault } from '../vault/vault-locked.ts';

/** What the scheduler has begun: one piece of work of a kind at a time for each subject. */
export class WorkUnderWay {
  readonly #log: Log;
  readonly #work = new Map<string, { readonly kind: string; readonly done: Promise<void> }>();
  /** What to begin once the same work that is under way ends. */
  readonly #next = new Map<string, () => void>();
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
      .finally(() => {
        this.#work.delete(key);
        const next = this.#next.get(key);
        this.#next.delete(key);
        next?.();
      });
    this.#work.set(key, { kind, done });
  }

  /**
   * Begins `work` now or, if the same is under way, once more after that: what is under way may have
   * looked before what `work` is about.
   */
  runAgain(kind: string, subject: string, work: () => Promise<void>): void {
    const begin = () => {
      this.run(kind, subject, work);
    };
    const key = `${kind} ${subject}`;
    if (this.#work.has(key)) this.#next.set(key, begin);
    else begin();
  }

  /** Whether work of any of the kinds is under way for the subject. */
  has(kinds: readonly string[], subject: string): boolean {
    return kinds.some((kind) => this.#work.has(`${kind} ${subject}`));
  }

  /** Resolves once the work is done, if it is under way. */
  async done(kind: string, subject: string): Promise<void> {
    await this.#work.get(`${kind} ${subject}`)?.done;
  }

  /** Resolves once no work is under way that `counts`, not even what such work began. */
  async noneLeft(counts: (kind: string) => boolean): Promise<void> {
    for (;;) {
      const left = [...this.#work.values()].filter(({ kind }) => counts(kind));
      if (left.length === 0) return;
      await Promise.all(left.map(({ done }) => done));
    }
  }

  /** Resolves once all that is under way is done, and begins nothing after it. */
  async allDone(): Promise<void> {
    this.#next.clear();
    await this.noneLeft(() => true);
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
