import { Component, computed, inject, input, resource } from '@angular/core';
import { roughDuration } from '../../models/duration.ts';
import { OwnerClient, type Run } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { endReasonText } from '../sessions/session-text.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';

interface Line {
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly by: string;
}

const shown = 8;

/** The session's last runs: when each started and ended, and the renewals in between. */
@Component({
  selector: 'stint-runs',
  template: `
    <h3>Last runs</h3>
    @for (line of lines(); track line.id) {
      <div class="line">
        <time [title]="inFull(line.at)">{{ when(line.at) }}</time>
        <span>{{ line.what }}</span>
        <span class="by">{{ line.by }}</span>
      </div>
    } @empty {
      <p>No runs yet.</p>
    }
  `,
  styles: `
    .line {
      display: flex;
      gap: 10px;
      padding: 4px 0;
      color: var(--soft);
    }
    time {
      flex: 0 0 64px;
      color: var(--faint);
      font-variant-numeric: tabular-nums;
    }
    .by {
      margin-inline-start: auto;
      color: var(--faint);
      white-space: nowrap;
    }
    p {
      margin: 0;
      color: var(--faint);
    }
  `,
})
export class Runs {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #now = inject(Now);
  readonly sessionId = input.required<string>();
  readonly #runs = resource({
    params: () => ({
      id: this.sessionId(),
      count: this.#workspace.historyCount(this.sessionId()),
    }),
    loader: async ({ params: { id }, abortSignal: signal }) => {
      const options = { path: { id }, signal };
      const { items } = await this.#owner.client.request('GET', '/v1/sessions/{id}/runs', options);
      return { id, items };
    },
  });
  /** Shown while the runs are read again. */
  #last: { readonly id: string; readonly items: readonly Run[] } | undefined;

  protected readonly lines = computed<readonly Line[]>(() => {
    if (this.#runs.hasValue()) this.#last = this.#runs.value();
    if (this.#last?.id !== this.sessionId()) return [];
    return this.#last.items.flatMap(linesOf).slice(0, shown);
  });

  protected when(at: string): string {
    return moment(at, this.#now.rough());
  }

  protected inFull(at: string): string {
    return fullMoment(at);
  }
}

function linesOf({
  runId,
  startedAt,
  startedBy,
  endedAt,
  reason,
  renewals,
  renewedAt,
}: Run): readonly Line[] {
  const start = { id: `${runId} start`, at: startedAt, what: 'started', by: callerText(startedBy) };
  const renewed =
    renewals === 0 ? '' : renewals === 1 ? 'renewed once' : `renewed ${renewals} times`;
  if (endedAt === undefined) {
    const renewal = { id: `${runId} renewed`, at: renewedAt ?? startedAt, what: renewed, by: '' };
    return renewed === '' ? [start] : [renewal, start];
  }
  const length = roughDuration(Date.parse(endedAt) - Date.parse(startedAt));
  const why = reason === undefined ? 'ended' : endReasonText(reason);
  const end = { id: `${runId} end`, at: endedAt, what: `${why} after ${length}`, by: renewed };
  return [end, start];
}

/** Who started a run, by the subject of their access token. */
function callerText(subject: string): string {
  switch (subject) {
    case 'owner':
      return 'from the command line';
    case 'window':
    case 'browser':
      return 'from the window';
    case 'stint':
      return 'automatically';
    default:
      return `by ${subject}`;
  }
}
