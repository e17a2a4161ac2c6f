import { setImmediate as turn } from 'node:timers/promises';
import type { HistoryVerification } from '../../models/history-verification.ts';
import { chainStart, faultOf, type ChainPosition } from './chain.ts';
import type { ChainedHistory } from './history.ts';

/** A place that the chain must go through. `rows` is unknown for what only this process remembers. */
export type Expected = Omit<ChainPosition, 'rows'> & { readonly rows?: number };

export type ChainCheck = Pick<HistoryVerification, 'rows' | 'checkedTo' | 'firstBad' | 'missing'>;

/** Rows between two turns of the event loop. */
const batch = 500;

/**
 * Reads every row up to the first bad one, and whether the chain goes through each place that is
 * expected. Other work continues meanwhile. Throws Problem 'file-unreadable'.
 */
export async function checkChain(
  history: Pick<ChainedHistory, 'rowsAfter' | 'head'>,
  expected: readonly Expected[],
): Promise<ChainCheck> {
  let previousHash = chainStart;
  let checkedTo = 0;
  let rows = 0;
  for (let found = history.rowsAfter(Number.MIN_SAFE_INTEGER, batch); found.length > 0;) {
    for (const row of found) {
      const entryId = Number(row['entryId']);
      const position = { entryId, hash: String(row['hash']), rows: rows + 1 };
      const replaced = isExpected(position, expected) ? undefined : ('replaced' as const);
      const fault = faultOf(previousHash, row) ?? replaced;
      if (fault !== undefined) {
        const firstBad = { entryId, at: String(row['at']), fault };
        return {
          rows: history.head().rows,
          checkedTo,
          firstBad,
          ...missingAfter(history, expected),
        };
      }
      previousHash = String(row['hash']);
      checkedTo = entryId;
      rows += 1;
    }
    await turn();
    found = history.rowsAfter(checkedTo, batch);
  }
  return { rows, checkedTo, ...missingAfter(history, expected) };
}

function isExpected(found: ChainPosition, expected: readonly Expected[]): boolean {
  return expected.every(
    ({ entryId, hash, rows = found.rows }) =>
      entryId !== found.entryId || (hash === found.hash && rows === found.rows),
  );
}

/** Ids grow by one, so the last one that is known says how many there must be. */
function missingAfter(
  history: Pick<ChainedHistory, 'head'>,
  expected: readonly Expected[],
): { readonly missing?: number } {
  const missing = Math.max(...expected.map(({ entryId }) => entryId), 0) - history.head().entryId;
  return missing > 0 ? { missing } : {};
}
