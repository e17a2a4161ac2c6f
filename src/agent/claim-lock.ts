import { truncateSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../models/problem.ts';
import { isDamage } from '../services/files/private-database.ts';

/** How long to wait for another process that is claiming, in milliseconds: it may wait for a hand-over. */
const lockTimeout = 50_000;

/**
 * Runs `work` under a lock that the operating system releases if its holder dies, so that two
 * processes that both find a stale socket cannot both remove it. SQLite's file lock is the only such
 * lock that Node offers on every platform without a native module (docs/decisions/0003). It needs no
 * space on the disk, and what is in the file does not matter: a damaged one is emptied in its place,
 * where others may wait for it. Throws Problem 'file-unwritable' and what `work` throws.
 */
export async function withClaimLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const database = lock(file);
  try {
    return await work();
  } finally {
    database.close();
  }
}

function lock(file: string): DatabaseSync {
  try {
    try {
      return locked(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      truncateSync(file);
      return locked(file);
    }
  } catch (cause) {
    throw new Problem('file-unwritable', {
      detail: `${file} cannot be locked: ${(cause as Error).message}.`,
      next: 'If no agent is running, remove this file; it holds nothing. Its folder must be writable for your user.',
      cause,
    });
  }
}

function locked(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    // Without a journal file, which a full disk has no room for.
    database.exec(
      `PRAGMA busy_timeout = ${lockTimeout}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`,
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
