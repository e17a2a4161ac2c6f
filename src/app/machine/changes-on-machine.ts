import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { Change } from '../../models/change.ts';
import type { ProblemText } from '../toasts/problem-text.ts';
import { problemText } from '../toasts/problem-text.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Toasts } from '../toasts/toasts.ts';

/** Several events of one start or stop are answered by one reading, after this many milliseconds. */
const readAfter = 250;

/** What Stint holds on this machine, read again when a session or lease changes. */
@Injectable()
export class ChangesOnMachine {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #toasts = inject(Toasts);
  readonly #items = signal<readonly Change[] | undefined>(undefined);
  readonly #failure = signal<ProblemText | undefined>(undefined);
  readonly #busy = signal<ReadonlySet<string>>(new Set());

  /** Undefined until they were read. */
  readonly items = this.#items.asReadonly();
  readonly failure = this.#failure.asReadonly();

  constructor() {
    effect((onCleanup) => {
      this.#workspace.changeCount();
      const isFirst = untracked(this.#items) === undefined;
      const timer = setTimeout(() => void this.read(), isFirst ? 0 : readAfter);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  isBusy(id: string): boolean {
    return this.#busy().has(id);
  }

  async read(): Promise<void> {
    try {
      const { items } = await this.#owner.client.request('GET', '/v1/changes');
      this.#items.set(items);
      this.#failure.set(undefined);
    } catch (error) {
      this.#failure.set(problemText(error));
    }
  }

  /** Puts one thing back. Failures are shown as toasts; it never rejects. */
  async restore(change: Change): Promise<boolean> {
    const { id } = change;
    if (this.isBusy(id)) return false;
    this.#busy.update((all) => new Set(all).add(id));
    try {
      const path = { id };
      const outcome = await this.#owner.client.request('POST', '/v1/changes/{id}/restore', {
        path,
      });
      if (outcome.restored) {
        this.#toasts.success(
          outcome.stopped === undefined
            ? `Restored: ${change.what}.`
            : `${outcome.stopped.sessionName} was stopped, and its part restored.`,
        );
      } else {
        const [left] = outcome.leftovers;
        this.#toasts.warn(`Not restored yet: ${change.what}.`, left?.reason ?? change.how);
      }
      return outcome.restored;
    } catch (error) {
      this.#toasts.error(error);
      return false;
    } finally {
      this.#busy.update((all) => new Set([...all].filter((one) => one !== id)));
      await this.read();
    }
  }

  /** One after the other: a stop can restore several things at once. */
  async restoreAll(): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const next = this.#items()?.find(({ id, restorable }) => restorable && !tried.has(id));
      if (next === undefined) return;
      tried.add(next.id);
      await this.restore(next);
    }
  }
}
