import type { HistoryEntry } from '../../models/history.ts';
import type { RunSummary } from '../../models/run-summary.ts';
import type { History } from './history.ts';

/** How much of the history is looked through, in entries of each kind: leases may come between them. */
const lookedThrough = 1000;
const kinds = ['session-started', 'session-rotated', 'session-stopped'] as const;

/** The last runs of a session, newest first. Throws Problem 'file-unreadable'. */
export function runsOf(history: Pick<History, 'list'>, sessionId: string): readonly RunSummary[] {
  const items = kinds.flatMap(
    (kind) => history.list({ session: sessionId, kind, limit: lookedThrough }).items,
  );
  return items
    .filter(({ kind, runId }) => kind === 'session-started' && runId !== undefined)
    .map((start) => runFrom(start, items));
}

function runFrom(start: HistoryEntry, entries: readonly HistoryEntry[]): RunSummary {
  const own = entries.filter(({ runId }) => runId === start.runId);
  const renewals = own.filter(({ kind }) => kind === 'session-rotated');
  const end = own.find(({ kind }) => kind === 'session-stopped');
  return {
    runId: start.runId ?? '',
    startedAt: start.at,
    startedBy: start.by,
    renewals: renewals.length,
    ...(start.snapshot === undefined ? {} : { snapshot: start.snapshot }),
    ...(renewals[0] === undefined ? {} : { renewedAt: renewals[0].at }),
    ...(end === undefined
      ? {}
      : {
          endedAt: end.at,
          ...(end.reason === undefined ? {} : { reason: end.reason }),
          ...(end.message === undefined ? {} : { message: end.message }),
        }),
  };
}
