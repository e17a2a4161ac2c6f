import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { chainStart, hashOf, storable, type ChainPosition } from './chain.ts';

/** The end of the chain as the file has it: entry 0 while there is none. */
export function lastRow(database: DatabaseSync): Omit<ChainPosition, 'rows'> {
  const row = database
    .prepare('SELECT entryId, hash FROM history ORDER BY entryId DESC LIMIT 1')
    .get();
  return row === undefined
    ? { entryId: 0, hash: chainStart }
    : { entryId: Number(row['entryId']), hash: String(row['hash']) };
}

/** Adds rows to the end of the chain, in one transaction, and returns its new end. Throws what SQLite does. */
export function appendRows(
  database: DatabaseSync,
  rows: readonly Readonly<Record<string, string | undefined>>[],
): Omit<ChainPosition, 'rows'> {
  database.exec('BEGIN IMMEDIATE');
  try {
    let end = lastRow(database);
    for (const columns of rows) end = addRow(database, end, columns);
    database.exec('COMMIT');
    return end;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** SQLite has rolled back by itself after some failures (sqlite.org/lang_transaction.html). */
function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // What failed first is what the caller has to know.
  }
}

function addRow(
  database: DatabaseSync,
  before: Omit<ChainPosition, 'rows'>,
  columns: Readonly<Record<string, string | undefined>>,
): Omit<ChainPosition, 'rows'> {
  // No id comes twice, also where the newest rows were removed.
  const used = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'history'").get();
  const entryId = Math.max(before.entryId, Number(used?.['seq'] ?? 0)) + 1;
  const row: Record<string, SQLInputValue> = { entryId };
  for (const [name, text] of Object.entries(columns)) {
    row[name] = text === undefined ? null : storable(text);
  }
  const hash = hashOf(before.hash, row);
  const all = { ...row, previousHash: before.hash, hash };
  const names = Object.keys(all);
  database
    .prepare(`INSERT INTO history (${names.join()}) VALUES (${names.map(() => '?').join()})`)
    .run(...Object.values(all));
  return { entryId, hash };
}
