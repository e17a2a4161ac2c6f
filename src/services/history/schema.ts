import type { DatabaseSync } from 'node:sqlite';
import { chainStart, hashOf } from './chain.ts';

const noUpdate = `
  CREATE TRIGGER history_no_update BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;
`;

/**
 * History can only be added to, whichever program opens the file: updates and deletes are refused, and so is
 * an insert over an entry, since REPLACE deletes past the triggers where they are not recursive.
 */
export const historySchema = `
  CREATE TABLE history (
    entryId INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    sessionId TEXT,
    sessionName TEXT,
    runId TEXT,
    reason TEXT,
    message TEXT,
    by TEXT NOT NULL,
    snapshot TEXT
  ) STRICT;
  CREATE INDEX history_session ON history (sessionId);
  ${noUpdate}
  CREATE TRIGGER history_no_delete BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;
  CREATE TRIGGER history_no_replace BEFORE INSERT ON history
    WHEN EXISTS (SELECT 1 FROM history WHERE entryId = NEW.entryId)
    BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;
`;

/** The versions after the first. */
export const historyMigrations = [chainRows] as const;

/** Version 2: each row carries its hash and that of the row before. The rows of before get theirs now. */
function chainRows(database: DatabaseSync): void {
  database.exec(`
    DROP TRIGGER history_no_update;
    ALTER TABLE history ADD COLUMN actor TEXT;
    ALTER TABLE history ADD COLUMN changes TEXT;
    ALTER TABLE history ADD COLUMN previousHash TEXT;
    ALTER TABLE history ADD COLUMN hash TEXT;
  `);
  const next = database.prepare('SELECT * FROM history WHERE entryId > ? ORDER BY entryId LIMIT 1');
  const write = database.prepare('UPDATE history SET previousHash = ?, hash = ? WHERE entryId = ?');
  let previousHash = chainStart;
  for (let row = next.get(-1); row !== undefined; row = next.get(row['entryId'] ?? null)) {
    const hash = hashOf(previousHash, row);
    write.run(previousHash, hash, row['entryId'] ?? null);
    previousHash = hash;
  }
  database.exec(noUpdate);
}
