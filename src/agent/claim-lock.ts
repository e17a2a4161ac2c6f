import { DatabaseSync } from 'node:sqlite';

/** How long to wait for another process that is claiming, in milliseconds. */
const lockTimeout = 20_000;

/**
 * Runs `work` under a lock that the operating system releases if its holder dies, so that two
 * processes that both find a stale socket cannot both remove it. SQLite's file lock is the only such
 * lock that Node offers on every platform without a native module (docs/decisions/0003).
 */
export async function withClaimLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${lockTimeout}; BEGIN EXCLUSIVE`);
    return await work();
  } finally {
    database.close();
  }
}
