import { Problem } from '../../models/problem.ts';

/** Where a page ended, as text that the reader sends back unchanged. */
export function writeCursor(entryId: number): string {
  return Buffer.from(`before:${entryId}`).toString('base64url');
}

/** Throws Problem 'invalid-request' for anything `writeCursor` has not written. */
export function readCursor(cursor: string): number {
  const match = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const entryId = Number(match?.[1]);
  if (match && writeCursor(entryId) === cursor) return entryId;
  throw new Problem('invalid-request', {
    detail: 'The cursor is not one that a page of the history came with.',
    next: 'Ask for the first page, without a cursor.',
    errors: [{ field: 'cursor', message: 'must be the nextCursor of an earlier answer' }],
  });
}
