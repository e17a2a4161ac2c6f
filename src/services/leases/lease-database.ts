import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { leaseKindSchema } from '../../models/lease.ts';
import { narrowingSchema } from '../../models/narrowing.ts';
import { accessOpenedAgain, openAccessDatabase } from '../access/access-database.ts';
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

  /**
   * In the order they were opened; those closed long ago are forgotten. A row that is damaged is in none of them,
   * and `unreadable` counts it: its program is refused, and no other.
   */
  all(): { readonly leases: readonly LeaseRecord[]; readonly unreadable: number } {
    const database = this.#opened();
    const longAgo = this.#now() - shownAfterClose;
    database.prepare('DELETE FROM lease WHERE closedAt < ?').run(longAgo);
    for (const table of ['leaseAccess', 'leaseReader', 'leaseNarrowing']) {
      database.exec(`DELETE FROM ${table} WHERE leaseId NOT IN (SELECT leaseId FROM lease)`);
    }
    const rows = database
      .prepare(
        'SELECT lease.*, port, tokenInFile, allowedUids, expiresAt, leaseReader.kind AS readerKind, ' +
          'narrowing, leaseNarrowing.tokenHash AS narrowedHash FROM lease ' +
          'LEFT JOIN leaseAccess USING (leaseId) LEFT JOIN leaseReader USING (leaseId) ' +
          'LEFT JOIN leaseNarrowing USING (leaseId) ORDER BY openedAt, lease.rowid',
      )
      .all();
    const leases = rows.flatMap(readRecord);
    return { leases, unreadable: rows.length - leases.length };
  }

  add(lease: LeaseRecord): void {
    const database = this.#opened();
    database
      .prepare('INSERT INTO leaseAccess VALUES (?, ?, ?, ?)')
      .run(
        lease.leaseId,
        lease.bySocket === true ? bySocketPort : (lease.port ?? null),
        Number(lease.tokenInFile === true),
        (lease.allowedUids ?? []).join(' '),
      );
    if (lease.expiresAt !== undefined) {
      database
        .prepare('INSERT INTO leaseReader VALUES (?, ?, ?)')
        .run(lease.leaseId, lease.kind, lease.expiresAt);
    }
    if (lease.narrowing !== undefined) {
      database
        .prepare('INSERT INTO leaseNarrowing VALUES (?, ?, ?)')
        .run(lease.leaseId, lease.tokenHash, JSON.stringify(lease.narrowing));
    }
    database.prepare('INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)').run(
      lease.leaseId,
      lease.sessionId,
      lease.runId,
      // Earlier versions read no other kinds.
      lease.kind === 'static' ? 'endpoint' : lease.kind,
      lease.process ?? null,
      lease.pid ?? null,
      lease.pidStart ?? null,
      lease.narrowing === undefined ? lease.tokenHash : hashOfNone,
      lease.openedAt,
      lease.lastUsedAt,
      lease.uses,
    );
  }

  /** Writes what changes of leases, all at once. */
  update(leases: readonly LeaseRecord[]): void {
    const database = this.#opened();
    database.exec('BEGIN');
    try {
      const change = database.prepare(
        'UPDATE lease SET tokenHash = ?, lastUsedAt = ?, uses = ?, closedAt = ?, reason = ? ' +
          'WHERE leaseId = ?',
      );
      const extend = database.prepare('UPDATE leaseReader SET expiresAt = ? WHERE leaseId = ?');
      const rehash = database.prepare('UPDATE leaseNarrowing SET tokenHash = ? WHERE leaseId = ?');
      for (const { leaseId, tokenHash, narrowing, ...changed } of leases) {
        const { lastUsedAt, uses, closedAt, reason, expiresAt } = changed;
        const hash = narrowing === undefined ? tokenHash : hashOfNone;
        change.run(hash, lastUsedAt, uses, closedAt ?? null, reason ?? null, leaseId);
        if (narrowing !== undefined) rehash.run(tokenHash, leaseId);
        if (expiresAt !== undefined) extend.run(expiresAt, leaseId);
      }
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
    const options = { file: this.#file, now: this.#now() };
    const before = this.#database;
    this.#database = undefined;
    this.#database = before
      ? (accessOpenedAgain(before, options)?.database ?? before)
      : openAccessDatabase(options).database;
    return this.#database;
  }
}

/** The port of leases that ask over the socket, as stored. */
const bySocketPort = 0;

/**
 * Where the token of a narrowed lease is looked for by an earlier version, which would lend all that the
 * session may do: it finds none.
 */
const hashOfNone = '';

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
  port: z.number().nullable(),
  tokenInFile: z.number().nullable(),
  allowedUids: z.string().nullable(),
  expiresAt: z.number().nullable(),
  readerKind: leaseKindSchema.nullable(),
  narrowing: z.string().nullable(),
  narrowedHash: z.string().nullable(),
});

/** None for a row that is damaged. */
function readRecord(row: unknown): readonly LeaseRecord[] {
  try {
    return [toRecord(row)];
  } catch {
    return [];
  }
}

function toRecord(row: unknown): LeaseRecord {
  const { process, pid, pidStart, closedAt, reason, port, ...kept } = rowSchema.parse(row);
  const { tokenInFile, allowedUids, expiresAt, readerKind, narrowing, narrowedHash, ...same } =
    kept;
  return {
    ...same,
    ...(narrowing === null ? {} : { narrowing: narrowingSchema.parse(JSON.parse(narrowing)) }),
    tokenHash: narrowedHash ?? same.tokenHash,
    kind: readerKind ?? same.kind,
    expiresAt: expiresAt ?? undefined,
    process: process ?? undefined,
    pid: pid ?? undefined,
    pidStart: pidStart ?? undefined,
    closedAt: closedAt ?? undefined,
    reason: reason ?? undefined,
    port: port === null || port === bySocketPort ? undefined : port,
    bySocket: port === bySocketPort,
    tokenInFile: tokenInFile === 1,
    allowedUids: (allowedUids ?? '').split(' ').filter(Boolean).map(Number),
  };
}
