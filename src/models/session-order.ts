import type { Session } from './session.ts';

export const sortFields = ['startDateTime', 'sessionName', 'status', 'type', 'region'] as const;
export type SortField = (typeof sortFields)[number];

export interface SessionOrder {
  readonly field: SortField;
  readonly descending: boolean;
}

type Ordered = Pick<
  Session,
  'sessionId' | 'sessionName' | 'startDateTime' | 'status' | 'type' | 'region'
>;

const text = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

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

/** Compares by one field, then by name and id so that no two sessions are ever equal. */
export function orderBy({ field, descending }: SessionOrder): (a: Ordered, b: Ordered) => number {
  if (field === 'startDateTime') {
    return (a, b) => byStart(a.startDateTime, b.startDateTime, descending) || tieBreak(a, b);
  }
  const sign = descending ? -1 : 1;
  return (a, b) => sign * text.compare(a[field], b[field]) || tieBreak(a, b);
}

function tieBreak(a: Ordered, b: Ordered): number {
  return (
    text.compare(a.sessionName, b.sessionName) ||
    (a.sessionId < b.sessionId ? -1 : Number(a.sessionId > b.sessionId))
  );
}
