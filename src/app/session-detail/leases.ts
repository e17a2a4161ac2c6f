import { Component, computed, inject, input, resource } from '@angular/core';
import { roughDuration } from '../../models/duration.ts';
import { narrowingText } from '../../models/narrowing.ts';
import { OwnerClient, type Lease } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Now } from '../time/now.ts';
import { fullMoment } from '../time/time-text.ts';

const shown = 6;

const kinds: Readonly<Record<Lease['kind'], string>> = {
  exec: 'exec',
  endpoint: 'endpoint',
  'credential-process': 'profile',
  static: 'keys',
  console: 'web console',
};

/** The programs that use the session's credentials now, as far as Stint can see them. */
@Component({
  selector: 'stint-leases',
  template: `
    @if (open().length > 0) {
      <h3 id="in-use-by">In use by</h3>
      <ul aria-labelledby="in-use-by">
        @for (lease of open().slice(0, shown); track lease.leaseId) {
          <li>
            <span [title]="lease.pid === undefined ? '' : 'pid ' + lease.pid">{{
              lease.process ?? 'unknown program'
            }}</span>
            <span class="how" [title]="inFull(lease.openedAt)">{{ how(lease) }}</span>
          </li>
        }
        @if (open().length > shown) {
          <li class="how">{{ open().length - shown }} more</li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      justify-content: space-between;
      gap: 10px;
      padding: 4px 0;
      overflow-wrap: anywhere;
    }
    .how {
      color: var(--faint);
      white-space: nowrap;
    }
  `,
})
export class Leases {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #now = inject(Now);
  readonly sessionId = input.required<string>();
  /** Leases of earlier runs are all closed. */
  readonly runId = input.required<string>();
  protected readonly shown = shown;
  readonly #leases = resource({
    params: () => ({
      id: this.sessionId(),
      runId: this.runId(),
      // Each lease that is opened or closed adds a history entry.
      count: this.#workspace.historyCount(this.sessionId()),
    }),
    loader: async ({ params: { id, runId }, abortSignal: signal }) => {
      const options = { path: { id }, signal };
      const answer = await this.#owner.client.request('GET', '/v1/sessions/{id}/leases', options);
      return { runId, items: answer.items };
    },
  });
  /** Shown while the leases are read again. */
  #last: { readonly runId: string; readonly items: readonly Lease[] } | undefined;

  protected readonly open = computed<readonly Lease[]>(() => {
    if (this.#leases.hasValue()) this.#last = this.#leases.value();
    if (this.#last?.runId !== this.runId()) return [];
    return this.#last.items.filter(
      ({ closedAt, runId }) => closedAt === undefined && runId === this.runId(),
    );
  });

  protected how({ kind, openedAt, policyArns, policy }: Lease): string {
    const isNarrowed = policyArns !== undefined || policy !== undefined;
    const how = isNarrowed
      ? `${kinds[kind]}, ${narrowingText({ policyArns, policy })}`
      : kinds[kind];
    return `${how} · ${roughDuration(-this.#now.until(Date.parse(openedAt)))}`;
  }

  protected inFull(at: string): string {
    return fullMoment(at);
  }
}
