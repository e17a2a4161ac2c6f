import { historyEntrySchema, type HistoryEntry } from '../../models/history.ts';
import type { HistoryRow } from './chain.ts';

/** Columns that hold JSON. */
const jsonColumns: ReadonlySet<string> = new Set(['snapshot', 'actor', 'changes']);

/** The entry of a row; undefined for one that this Stint cannot read, such as after a damage to the file. */
export function readEntry(row: HistoryRow): HistoryEntry | undefined {
  const present = Object.entries(row).filter(([, value]) => value !== null);
  try {
    return historyEntrySchema.parse(
      Object.fromEntries(
        present.map(([name, value]) => [
          name,
          jsonColumns.has(name) ? (JSON.parse(String(value)) as unknown) : value,
        ]),
      ),
    );
  } catch {
    return undefined;
  }
}
