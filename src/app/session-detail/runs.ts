import { Component, computed, inject, input, resource } from '@angular/core';
import { Owner, type HistoryEntry } from '../connection/owner.ts';
import { Workspace } from '../connection/workspace.ts';
import { endingWords } from '../sessions/session-words.ts';
import { Now } from '../time/now.ts';
import { duration, fullMoment, moment } from '../time/words.ts';

interface Run {
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly by: string;
}

const shown = 8;
const words: Readonly<Partial<Record<HistoryEntry['kind'], string>>> = {
  'session-started': 'started',
  'session-rotated': 'renewed',
  'rotation-failed': 'could not be renewed',
  'section-restored': 'put back into your file',
};

/** What happened to the session lately, from the history. */
@Component({
  selector: 'stint-runs',
  template: `
    <h3>Last runs</h3>
    @for (run of runs(); track run.id) {
      <div class="line">
        <time [title]="inFull(run.at)">{{ when(run.at) }}</time>
        <span>{{ run.what }}</span>
        <span class="by">{{ run.by }}</span>
      </div>
    } @empty {
      <p>Nothing yet.</p>
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
      margin-left: auto;
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
  readonly #owner = inject(Owner);
  readonly #workspace = inject(Workspace);
  readonly #now = inject(Now);
  readonly sessionId = input.required<string>();
  readonly #entries = resource({
    params: () => ({
      session: this.sessionId(),
      count: this.#workspace.historyCount(this.sessionId()),
    }),
    loader: async ({ params: { session }, abortSignal: signal }) => {
      const options = { query: { session, limit: 60 }, signal };
      const { items } = await this.#owner.client.request('GET', '/v1/history', options);
      return { session, items };
    },
  });
  /** While it is read again, what was known stays. */
  #last: { readonly session: string; readonly items: readonly HistoryEntry[] } | undefined;

  protected readonly runs = computed<readonly Run[]>(() => {
    if (this.#entries.hasValue()) this.#last = this.#entries.value();
    if (this.#last?.session !== this.sessionId()) return [];
    const { items } = this.#last;
    return items.flatMap((entry) => runOf(entry, items)).slice(0, shown);
  });

  protected when(at: string): string {
    return moment(at, this.#now.time());
  }

  protected inFull(at: string): string {
    return fullMoment(at);
  }
}

function runOf(entry: HistoryEntry, all: readonly HistoryEntry[]): readonly Run[] {
  const { at, kind, reason, runId } = entry;
  const by = entry.by === 'stint' ? 'by Stint' : `by ${entry.by}`;
  const id = String(entry.entryId);
  if (kind === 'session-stopped') {
    const start = all.find((other) => other.kind === 'session-started' && other.runId === runId);
    const length =
      start === undefined || runId === undefined
        ? ''
        : ` after ${duration(Date.parse(at) - Date.parse(start.at))}`;
    const what = reason === undefined ? 'ended' : endingWords(reason);
    return [{ id, at, what: what + length, by }];
  }
  const what = words[kind];
  return what === undefined ? [] : [{ id, at, what, by }];
}
