import * as z from 'zod';
import {
  orderBy,
  sortFields,
  windowOrder,
  type Ordered,
  type SortField,
  type Starts,
} from '../../models/session-order.ts';
import type { Session } from '../../models/session.ts';
import { invalidQuery } from '../field-errors.ts';

/** The value of `sort=`: a field, with `-` before it for descending order. */
export const sortSchema = z.enum([
  ...sortFields,
  ...sortFields.map((field) => `-${field}` as const),
]);
export type Sort = z.infer<typeof sortSchema>;

export interface Page {
  readonly items: readonly Session[];
  readonly nextCursor?: string;
}

/**
 * The sessions after `cursor`, at most `limit`. A cursor is the position of the last item, not a
 * number of items: sessions that appear, disappear or move meanwhile make no other one show twice or
 * never. `starts`: for the order by starts; a page that follows takes the count of its cursor.
 * Throws Problem 'invalid-request' for a cursor of another order, or one that Stint did not make.
 */
export function pageOf(
  sessions: readonly Session[],
  {
    sort,
    limit,
    cursor,
    starts = new Map(),
  }: {
    sort?: Sort | undefined;
    limit: number;
    cursor?: string | undefined;
    starts?: Starts;
  },
): Page {
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  const counted =
    after === undefined ? starts : new Map([...starts, [after.sessionId, after.starts]]);
  const order = orderOf(sort, counted);
  const left =
    after === undefined
      ? sessions
      : sessions.filter((session) => order(session, after as Ordered) > 0);
  const items = firstOf(left, limit, order);
  const last = items.at(-1);
  return last === undefined || left.length === items.length
    ? { items }
    : { items, nextCursor: writeCursor(last, { sort, starts: starts.get(last.sessionId) ?? 0 }) };
}

/** The first so many in order. Most of a large workspace is compared once, with the last of them. */
function firstOf(
  sessions: readonly Session[],
  limit: number,
  order: (a: Session, b: Session) => number,
): readonly Session[] {
  let first: Session[] = [];
  for (let from = 0; from < sessions.length; from += limit) {
    const last = first.length < limit ? undefined : first.at(-1);
    const before = sessions
      .slice(from, from + limit)
      .filter((session) => last === undefined || order(session, last) < 0);
    if (before.length > 0) first = [...first, ...before].sort(order).slice(0, limit);
  }
  return first;
}

/** Whether the order needs to know how often sessions were started. */
export function isByStarts(sort: Sort | undefined): boolean {
  return sort === 'starts' || sort === '-starts';
}

function orderOf(sort: Sort | undefined, starts: Starts): (a: Ordered, b: Ordered) => number {
  if (sort === undefined) return windowOrder;
  const descending = sort.startsWith('-');
  return orderBy({ field: (descending ? sort.slice(1) : sort) as SortField, descending }, starts);
}

/** The fields that the orders compare, and the order. */
const cursorSchema = z.object({
  sort: sortSchema.optional(),
  sessionId: z.string(),
  sessionName: z.string(),
  startDateTime: z.string(),
  status: z.string(),
  type: z.string(),
  region: z.string(),
  starts: z.int().min(0),
});

function writeCursor(
  last: Session,
  order: { readonly sort: Sort | undefined; readonly starts: number },
): string {
  const position = cursorSchema.parse({ ...last, ...order });
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(cursor: string, sort: Sort | undefined): z.infer<typeof cursorSchema> {
  const parsed = cursorSchema.safeParse(fromJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) {
    throw invalidQuery([{ field: 'cursor', message: 'must be the nextCursor of an earlier page' }]);
  }
  if (parsed.data.sort !== sort) {
    throw invalidQuery([{ field: 'cursor', message: 'belongs to a list with another sort order' }]);
  }
  return parsed.data;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
