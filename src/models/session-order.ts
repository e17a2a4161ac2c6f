import { compareNames } from './name-order.ts';
import type { Session } from './session.ts';

export const sortFields = [
  'startDateTime',
  'sessionName',
  'status',
  'type',
  'region',
  'starts',
] as const;
export type SortField = (typeof sortFields)[number];

export interface SessionOrder {
  readonly field: SortField;
  readonly descending: boolean;
}

/** What the orders compare. */
export type Ordered = Pick<
  Session,
  'sessionId' | 'sessionName' | 'startDateTime' | 'status' | 'type' | 'region'
>;

/** How often a session was started, by its id; a session that is missing never was. */
export type Starts = ReadonlyMap<string, number>;

/** Newest first; never-started sessions last, whichever way the order runs. */
function byStart(a: string, b: string, descending: boolean): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  return (a < b ? -1 : 1) * (descending ? -1 : 1);
}

/** The window's order: what is running first, then the newest start, then by name. */
export function windowOrder(a: Ordered, b: Ordered): number {
  return (
    Number(a.status === 'inactive') - Number(b.status === 'inactive') ||
    byStart(a.startDateTime, b.startDateTime, true) ||
    tieBreak(a, b)
  );
}

/**
 * Compares by one field, then by name and id so that no two sessions are ever equal. By `starts`, the
 * newest start decides first between sessions that were started equally often.
 */
export function orderBy(
  { field, descending }: SessionOrder,
  starts: Starts = new Map(),
): (a: Ordered, b: Ordered) => number {
  const sign = descending ? -1 : 1;
  if (field === 'startDateTime') {
    return (a, b) => byStart(a.startDateTime, b.startDateTime, descending) || tieBreak(a, b);
  }
  if (field === 'starts') {
    const count = ({ sessionId }: Ordered) => starts.get(sessionId) ?? 0;
    return (a, b) =>
      sign * (count(a) - count(b)) ||
      byStart(a.startDateTime, b.startDateTime, descending) ||
      tieBreak(a, b);
  }
  return (a, b) => sign * compareNames(a[field], b[field]) || tieBreak(a, b);
}

function tieBreak(a: Ordered, b: Ordered): number {
  return (
    compareNames(a.sessionName, b.sessionName) ||
    (a.sessionId < b.sessionId ? -1 : Number(a.sessionId > b.sessionId))
  );
}

/** Whether lists leave the session out unless they are asked for it: it is archived, or out of sight. */
export function isAside(
  session: Pick<Session, 'status' | 'archivedAt'> & { readonly hidden?: boolean | undefined },
): boolean {
  return session.archivedAt !== undefined || isOutOfSight(session);
}

/** Whether lists leave the session out: a person has hidden it, and it is not running. */
export function isOutOfSight({
  hidden,
  status,
}: Pick<Session, 'status'> & { readonly hidden?: boolean | undefined }): boolean {
  return hidden === true && status === 'inactive';
}
