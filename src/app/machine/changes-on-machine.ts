import { inject, Injectable, signal } from '@angular/core';
import type { Change } from '../../models/change.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Rereading } from '../connection/rereading.ts';
import { Toasts } from '../toasts/toasts.ts';

/** What Stint holds on this machine, read again when a session or lease changes. */
@Injectable()
export class ChangesOnMachine {
  readonly #owner = inject(OwnerClient);
  readonly #toasts = inject(Toasts);
  readonly #reading = new Rereading(
    async () => (await this.#owner.client.request('GET', '/v1/changes')).items,
  );
  readonly #busy = signal<ReadonlySet<string>>(new Set());

  /** Undefined until they were read. */
  readonly items = this.#reading.value;
  readonly failure = this.#reading.failure;

  /** Never rejects: `failure` says why they cannot be read. */
  async read(): Promise<void> {
    await this.#reading.read();
  }

  isBusy(id: string): boolean {
    return this.#busy().has(id);
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
      const next = this.items()?.find(({ id, restorable }) => restorable && !tried.has(id));
      if (next === undefined) return;
      tried.add(next.id);
      await this.restore(next);
    }
  }
}
