import type { DatabaseSync } from 'node:sqlite';
import { DatabaseUnusable, openedAgain, openPrivateDatabase } from '../files/private-database.ts';

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

/** For tokens made with another client token, which they end with. */
const tokenMakers = `
  CREATE TABLE IF NOT EXISTS tokenMaker (tokenId TEXT PRIMARY KEY, makerId TEXT NOT NULL) STRICT;
`;

/** Times in seconds since the epoch. */
const windowTickets = `
  CREATE TABLE IF NOT EXISTS windowTicket (
    hash TEXT PRIMARY KEY,
    windowId TEXT NOT NULL,
    expiresAt INTEGER NOT NULL
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
  CREATE TABLE IF NOT EXISTS leaseAccess (
    leaseId TEXT PRIMARY KEY,
    port INTEGER,
    tokenInFile INTEGER NOT NULL,
    allowedUids TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS leaseReader (
    leaseId TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    expiresAt INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS leaseNarrowing (
    leaseId TEXT PRIMARY KEY,
    tokenHash TEXT NOT NULL,
    narrowing TEXT NOT NULL
  ) STRICT;
`;

/** It is small, and a row that an index does not find would keep every token out. */
const kept = { schema: tokens, checksIndexes: true } as const;

/** Opens `access.db` (DESIGN §6): client tokens and leases. Throws DatabaseUnusable. */
export function openAccessDatabase(options: { readonly file: string; readonly now: number }): {
  readonly database: DatabaseSync;
  readonly notice?: string;
} {
  const opened = openPrivateDatabase({ ...options, ...kept });
  try {
    opened.database.exec(tokenMakers + windowTickets + leases);
  } catch (cause) {
    opened.database.close();
    const why = (cause as Error).message;
    throw new DatabaseUnusable(`${options.file} cannot be used: ${why}`, { cause });
  }
  return opened;
}

/** As `openedAgain`, for `access.db`. Throws DatabaseUnusable. */
export function accessOpenedAgain(
  database: DatabaseSync,
  options: { readonly file: string; readonly now: number },
): { readonly database: DatabaseSync; readonly notice: string } | undefined {
  const again = openedAgain(database, { ...options, ...kept });
  again?.database.exec(tokenMakers + windowTickets + leases);
  return again;
}
