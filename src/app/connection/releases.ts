import { effect, inject, Injectable, signal } from '@angular/core';
import type { Schemas } from '../../client/client.ts';
import { OwnerClient } from './owner-client.ts';
import { Workspace } from './workspace.ts';

type Release = NonNullable<Schemas['ReleaseState']['newer']>;

/** The owner begins to look when it is asked, and answers before it knows. In milliseconds. */
const soon = 30_000;
const later = 3_600_000;

/** Whether there is a newer release, as the owner knows it while the window is open. */
@Injectable({ providedIn: 'root' })
export class Releases {
  readonly #owner = inject(OwnerClient);
  readonly #newer = signal<Release | undefined>(undefined);

  readonly newer = this.#newer.asReadonly();

  constructor() {
    const workspace = inject(Workspace);
    // Not before the window has its access.
    const waiting = effect(() => {
      if (workspace.connection().kind !== 'live') return;
      waiting.destroy();
      void this.#read();
      setTimeout(() => void this.#read(), soon);
      setInterval(() => void this.#read(), later);
    });
  }

  async #read(): Promise<void> {
    try {
      const { newer } = await this.#owner.client.request('GET', '/v1/release');
      this.#newer.set(newer);
    } catch {
      // Without the owner nothing is known; the window says that elsewhere.
    }
  }
}
