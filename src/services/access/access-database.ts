import type { DatabaseSync } from 'node:sqlite';
import { DatabaseUnusable, openPrivateDatabase } from '../files/private-database.ts';

const tokens = `
  CREATE TABLE token (
    tokenId TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    sessionId TEXT,
    issuedAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL,
    revokedAt INTEGER
  ) STRICT;
`;

/**
 * Files of the first Stint have no leases. The version stays: that Stint ignores a table it does not
 * know. Times in milliseconds since the epoch.
 */
const leases = `
  CREATE TABLE IF NOT EXISTS lease (
    leaseId TEXT PRIMARY KEY,
    sessionId TEXT NOT NULL,
    runId TEXT NOT NULL,
    kind TEXT NOT NULL,
    process TEXT,
    pid INTEGER,
    pidStart TEXT,
    tokenHash TEXT NOT NULL,
    openedAt INTEGER NOT NULL,
    lastUsedAt INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    closedAt INTEGER,
    reason TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS runUse (runId TEXT PRIMARY KEY, lastUsedAt INTEGER NOT NULL) STRICT;
`;

/** Opens `access.db` (DESIGN §6): client tokens and leases. Throws DatabaseUnusable. */
export function openAccessDatabase(options: { readonly file: string; readonly now: number }): {
  readonly database: DatabaseSync;
  readonly notice?: string;
} {
  const opened = openPrivateDatabase({ ...options, schema: tokens });
  try {
    opened.database.exec(leases);
  } catch (cause) {
    opened.database.close();
    const why = (cause as Error).message;
    throw new DatabaseUnusable(`${options.file} cannot be used: ${why}`, { cause });
  }
  return opened;
}
