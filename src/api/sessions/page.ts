import { z } from 'zod';
import { orderBy, sortFields, windowOrder, type SortField } from '../../models/session-order.ts';
import type { Session } from '../../models/session.ts';
import { invalidRequest } from '../field-errors.ts';

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
 * never.
 * Throws Problem 'invalid-request' for a cursor of another order, or one that Stint did not make.
 */
export function pageOf(
  sessions: readonly Session[],
  { sort, limit, cursor }: { sort?: Sort | undefined; limit: number; cursor?: string | undefined },
): Page {
  const order = orderOf(sort);
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  const sorted = sessions
    .filter((session) => after === undefined || order(session, after as Session) > 0)
    .sort(order);
  const items = sorted.slice(0, limit);
  const last = items.at(-1);
  return last === undefined || sorted.length === items.length
    ? { items }
    : { items, nextCursor: writeCursor(last, sort) };
}

function orderOf(sort: Sort | undefined): (a: Session, b: Session) => number {
  if (sort === undefined) return windowOrder;
  const descending = sort.startsWith('-');
  return orderBy({ field: (descending ? sort.slice(1) : sort) as SortField, descending });
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
});

function writeCursor(last: Session, sort: Sort | undefined): string {
  const position = cursorSchema.parse({ ...last, sort });
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(cursor: string, sort: Sort | undefined): z.infer<typeof cursorSchema> {
  const parsed = cursorSchema.safeParse(fromJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) {
    throw invalidRequest([
      { field: 'cursor', message: 'must be the nextCursor of an earlier page' },
    ]);
  }
  if (parsed.data.sort !== sort) {
    throw invalidRequest([
      { field: 'cursor', message: 'belongs to a list with another sort order' },
    ]);
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
