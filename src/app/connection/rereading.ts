import { effect, inject, signal, untracked } from '@angular/core';
import { problemText, type ProblemText } from '../toasts/problem-text.ts';
import { Workspace } from './workspace.ts';

/** Several events of one change are answered by one reading, after this many milliseconds. */
const readAfter = 250;

/** What the owner has beside the sessions: read at once, and again after each change. Needs an injection context. */
export class Rereading<T> {
  readonly #workspace = inject(Workspace);
  readonly #value = signal<T | undefined>(undefined);
  readonly #failure = signal<ProblemText | undefined>(undefined);
  readonly #load: () => Promise<T>;
  #asked = 0;
  #shown = 0;

  /** Undefined until it was read. */
  readonly value = this.#value.asReadonly();
  readonly failure = this.#failure.asReadonly();

  constructor(load: () => Promise<T>) {
    this.#load = load;
    effect((onCleanup) => {
      this.#workspace.changeCount();
      const isFirst = untracked(this.#value) === undefined;
      const timer = setTimeout(() => void this.read(), isFirst ? 0 : readAfter);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  /** Never rejects: `failure` says why it cannot be read. An answer that comes after that of a later question is dropped. */
  async read(): Promise<void> {
    const question = (this.#asked += 1);
    const isLate = () => {
      if (question < this.#shown) return true;
      this.#shown = question;
      return false;
    };
    try {
      const value = await this.#load();
      if (isLate()) return;
      this.#value.set(value);
      this.#failure.set(undefined);
    } catch (error) {
      if (!isLate()) this.#failure.set(problemText(error));
    }
  }
}
