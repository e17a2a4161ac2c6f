import { createHash } from 'node:crypto';

/** A row of the file as SQLite gives it. */
export type HistoryRow = Readonly<Record<string, unknown>>;

/** A place in the chain: the row `entryId`, its hash, and how many rows there are up to it. */
export interface ChainPosition {
  readonly entryId: number;
  readonly hash: string;
  readonly rows: number;
}

/** What the first row names as the hash of the row before it. */
export const chainStart = '0'.repeat(64);

/** What a hash covers, in this order. A new column needs a new format. */
const hashedColumns = [
  'entryId',
  'at',
  'kind',
  'sessionId',
  'sessionName',
  'runId',
  'reason',
  'message',
  'by',
  'snapshot',
  'actor',
  'changes',
] as const;

const format = 'stint-history-1';

/**
 * SHA-256 in hex over a JSON array: the format, the hash of the row before, and each column as it is
 * stored. Columns keep their places, so no two rows have the same text.
 */
export function hashOf(previousHash: string, row: HistoryRow): string {
  const columns = hashedColumns.map((column) => row[column] ?? null);
  const text = JSON.stringify([format, previousHash, ...columns]);
  return createHash('sha256').update(text).digest('hex');
}

/** As SQLite gives it back: it ends text at a NUL, and half a surrogate pair has no UTF-8. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** What is wrong with a row that comes after one with `previousHash`; undefined if nothing is. */
export function faultOf(previousHash: string, row: HistoryRow): 'changed' | 'unlinked' | undefined {
  if (row['previousHash'] !== previousHash) return 'unlinked';
  return row['hash'] === hashOf(previousHash, row) ? undefined : 'changed';
}
