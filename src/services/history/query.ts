import type { SQLInputValue } from 'node:sqlite';
import type { HistoryKind } from '../../models/history.ts';
import { Problem } from '../../models/problem.ts';
import { toInstant } from '../../models/time.ts';
import { readCursor } from './cursor.ts';

export interface HistoryQuery {
  /** The id of a session, or its name at that time. */
  readonly session?: string | undefined;
  readonly kind?: HistoryKind | undefined;
  /** Who asked: a subject, or the id of a client token. */
  readonly actor?: string | undefined;
  /** Why a run or lease ended, or a part of the entry's message, in any case. */
  readonly detail?: string | undefined;
  /** Kinds to leave out. */
  readonly except?: readonly HistoryKind[] | undefined;
  /** Instants, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  /** 1–1000; 100 if omitted. */
  readonly limit?: number | undefined;
}

/** The query in SQL. Throws Problem 'invalid-request' (cursor, instants). */
export function conditions(query: HistoryQuery): {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
} {
  const parts: [string, ...SQLInputValue[]][] = [];
  const { session, kind, actor, detail, except = [], from, to, cursor } = query;
  if (session !== undefined) parts.push(['(sessionId = ? OR sessionName = ?)', session, session]);
  if (kind !== undefined) parts.push(['kind = ?', kind]);
  if (actor !== undefined) {
    parts.push(["(by = ? OR actor ->> '$.tokenId' = ?)", actor, actor]);
  }
  if (detail !== undefined) {
    parts.push(['(reason = ? OR instr(lower(message), lower(?)) > 0)', detail, detail]);
  }
  for (const one of except) parts.push(['kind <> ?', one]);
  if (from !== undefined) parts.push(['at >= ?', instant('from', from)]);
  if (to !== undefined) parts.push(['at <= ?', instant('to', to)]);
  if (cursor !== undefined) parts.push(['entryId < ?', readCursor(cursor)]);
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`,
    values: parts.flatMap(([, ...values]) => values),
  };
}

/** The one spelling that entries have, so that instants compare as text. */
function instant(field: string, text: string): string {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return toInstant(time);
  throw new Problem('invalid-request', {
    detail: `${field} is not a point in time.`,
    next: 'Correct it and send the request again.',
    errors: [{ field, message: 'must be a date and time, such as 2026-01-31T12:00:00Z' }],
  });
}
