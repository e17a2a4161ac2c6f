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
  CREATE TRIGGER history_no_update BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;
  CREATE TRIGGER history_no_delete BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;
  CREATE TRIGGER history_no_replace BEFORE INSERT ON history
    WHEN EXISTS (SELECT 1 FROM history WHERE entryId = NEW.entryId)
    BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;
`;
