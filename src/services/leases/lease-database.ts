import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { leaseKindSchema } from '../../models/lease.ts';
import { openAccessDatabase } from '../access/access-database.ts';
import { DatabaseUnusable } from '../files/private-database.ts';
import type { LeaseRecord } from './lease-record.ts';

/** How long a closed lease is still listed, and its holder still told why, in milliseconds. */
export const shownAfterClose = 7 * 24 * 3_600_000;

/**
 * The leases as `access.db` keeps them, so that running programs keep working after a crash of the owner.
 * Every method throws where the file cannot be used; it is tried again at the next call.
 */
export class LeaseDatabase {
  readonly #file: string;
  readonly #now: () => number;
  #database: DatabaseSync | undefined;
  #closed = false;

  constructor(options: { readonly file: string; readonly now: () => number }) {
    this.#file = options.file;
    this.#now = options.now;
  }

  /** In the order they were opened; those closed long ago are forgotten. */
  all(): readonly LeaseRecord[] {
    const database = this.#opened();
    const longAgo = this.#now() - shownAfterClose;
    database.prepare('DELETE FROM lease WHERE closedAt < ?').run(longAgo);
    database.prepare('DELETE FROM runUse WHERE lastUsedAt < ?').run(this.#now() - longestRun);
    return database.prepare('SELECT * FROM lease ORDER BY openedAt, rowid').all().map(toRecord);
  }

  /** When each run was last asked for credentials other than by a lease. */
  runUses(): ReadonlyMap<string, number> {
    const rows = this.#opened().prepare('SELECT runId, lastUsedAt FROM runUse').all();
    return new Map(rows.map((row) => [String(row['runId']), Number(row['lastUsedAt'])]));
  }

  add(lease: LeaseRecord): void {
    this.#opened()
      .prepare('INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)')
      .run(
        lease.leaseId,
        lease.sessionId,
        lease.runId,
        lease.kind,
        lease.process ?? null,
        lease.pid ?? null,
        lease.pidStart ?? null,
        lease.tokenHash,
        lease.openedAt,
        lease.lastUsedAt,
        lease.uses,
      );
  }

  /** Writes what changes of leases and runs, all at once. */
  update(leases: readonly LeaseRecord[], runUses: ReadonlyMap<string, number>): void {
    const database = this.#opened();
    database.exec('BEGIN');
    try {
      const change = database.prepare(
        'UPDATE lease SET lastUsedAt = ?, uses = ?, closedAt = ?, reason = ? WHERE leaseId = ?',
      );
      for (const { leaseId, lastUsedAt, uses, closedAt, reason } of leases) {
        change.run(lastUsedAt, uses, closedAt ?? null, reason ?? null, leaseId);
      }
      const use = database.prepare('INSERT OR REPLACE INTO runUse VALUES (?, ?)');
      for (const [runId, lastUsedAt] of runUses) use.run(runId, lastUsedAt);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    this.#database?.close();
    this.#database = undefined;
  }

  #opened(): DatabaseSync {
    if (this.#closed) throw new DatabaseUnusable('it is closed');
    this.#database ??= openAccessDatabase({ file: this.#file, now: this.#now() }).database;
    return this.#database;
  }
}

/** The longest that limits let a run idle, in milliseconds; see `limitsSchema`. */
const longestRun = 31_536_000_000;

const rowSchema = z.object({
  leaseId: z.string(),
  sessionId: z.string(),
  runId: z.string(),
  kind: leaseKindSchema,
  process: z.string().nullable(),
  pid: z.number().nullable(),
  pidStart: z.string().nullable(),
  tokenHash: z.string(),
  openedAt: z.number(),
  lastUsedAt: z.number(),
  uses: z.number(),
  closedAt: z.number().nullable(),
  reason: z.string().nullable(),
});

function toRecord(row: unknown): LeaseRecord {
  const { process, pid, pidStart, closedAt, reason, ...same } = rowSchema.parse(row);
  return {
    ...same,
    process: process ?? undefined,
    pid: pid ?? undefined,
    pidStart: pidStart ?? undefined,
    closedAt: closedAt ?? undefined,
    reason: reason ?? undefined,
  };
}
