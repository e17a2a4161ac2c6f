import { DatabaseSync } from 'node:sqlite';

/** How long another process may take to claim or give up, in milliseconds. */
const patience = 20_000;

/**
 * Holds a lock that the operating system releases when its holder dies, so that two processes that
 * both find a stale socket cannot both remove it. SQLite's file lock is the one such lock that Node
 * offers on every platform without a native module.
 */
export async function withClaimLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${patience}; BEGIN EXCLUSIVE`);
    return await work();
  } finally {
    database.close();
  }
}
