import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  historyEntrySchema,
  type HistoryEntry,
  type NewHistoryEntry,
} from '../../models/history.ts';
import { Problem } from '../../models/problem.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import { openPrivateDatabase } from '../files/private-database.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { historySchema } from './schema.ts';

export interface HistoryQuery {
  /** The id of a session, or its name at that time. */
  readonly session?: string | undefined;
  readonly kind?: HistoryEntry['kind'] | undefined;
  /** Instants, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  /** 1–1000; 100 if omitted. */
  readonly limit?: number | undefined;
}

export interface HistoryPage {
  /** Newest first. */
  readonly items: readonly HistoryEntry[];
  /** Asks for the next page; missing on the last one. */
  readonly nextCursor?: string;
}

/** What happened, for good: entries are only ever added. */
export interface History {
  /** Never throws; false when it could not be written. */
  append(entry: NewHistoryEntry): boolean;
  /** Throws Problem 'invalid-request' (cursor, instants) or 'file-unreadable'. */
  list(query?: HistoryQuery): HistoryPage;
  /** Messages for the user about the file. */
  notices(): readonly string[];
  close(): void;
}

const defaultLimit = 100;
const highestLimit = 1000;

/** Never throws: a history that cannot be written must not keep anybody from stopping a session. */
export function openHistory(options: { readonly file: string; readonly clock: Clock }): History {
  return new SqliteHistory(options);
}

class SqliteHistory implements History {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #notices: string[] = [];
  #database: DatabaseSync | undefined;
  #closed = false;

  constructor(options: { readonly file: string; readonly clock: Clock }) {
    this.#file = options.file;
    this.#clock = options.clock;
    try {
      this.#opened();
    } catch (error) {
      this.#notices.push(`The history is not kept: ${(error as Error).message}`);
    }
  }

  notices(): readonly string[] {
    return this.#notices;
  }

  append(entry: NewHistoryEntry): boolean {
    try {
      this.#opened()
        .prepare(
          `INSERT INTO history (at, kind, sessionId, sessionName, runId, reason, message, by, snapshot)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          toInstant(this.#clock.now()),
          entry.kind,
          entry.sessionId ?? null,
          entry.sessionName ?? null,
          entry.runId ?? null,
          entry.reason ?? null,
          entry.message ?? null,
          entry.by,
          entry.snapshot === undefined ? null : JSON.stringify(entry.snapshot),
        );
      return true;
    } catch {
      return false;
    }
  }

  list(query: HistoryQuery = {}): HistoryPage {
    const limit = Math.min(Math.max(Math.trunc(query.limit ?? defaultLimit), 1), highestLimit);
    const { where, values } = conditions(query);
    const rows = this.#reading((database) =>
      database
        .prepare(`SELECT * FROM history ${where} ORDER BY entryId DESC LIMIT ?`)
        .all(...values, limit + 1),
    );
    const items = rows.slice(0, limit).map(toEntry);
    const last = items.at(-1);
    return {
      items,
      ...(rows.length > limit && last ? { nextCursor: writeCursor(last.entryId) } : {}),
    };
  }

  close(): void {
    this.#closed = true;
    this.#database?.close();
    this.#database = undefined;
  }

  /** Opened again at every try while it could not be: the disk may have room again. */
  #opened(): DatabaseSync {
    if (this.#closed) throw new Error('the history is closed');
    if (!this.#database) {
      const options = { file: this.#file, schema: historySchema, now: this.#clock.now() };
      const { database, notice } = openPrivateDatabase(options);
      this.#database = database;
      if (notice !== undefined) this.#notices.push(notice);
    }
    return this.#database;
  }

  #reading<T>(read: (database: DatabaseSync) => T): T {
    try {
      return read(this.#opened());
    } catch (cause) {
      throw new Problem('file-unreadable', {
        detail: `The history ${this.#file} cannot be read: ${(cause as Error).message}`,
        next: 'Make room on the disk and the file readable for your user; `stint doctor` tells more.',
        cause,
      });
    }
  }
}

function conditions(query: HistoryQuery): {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
} {
  const parts: [string, ...SQLInputValue[]][] = [];
  const { session, kind, from, to, cursor } = query;
  if (session !== undefined) parts.push(['(sessionId = ? OR sessionName = ?)', session, session]);
  if (kind !== undefined) parts.push(['kind = ?', kind]);
  if (from !== undefined) parts.push(['at >= ?', instant('from', from)]);
  if (to !== undefined) parts.push(['at <= ?', instant('to', to)]);
  if (cursor !== undefined) parts.push(['entryId < ?', readCursor(cursor)]);
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`,
    values: parts.flatMap(([, ...values]) => values),
  };
}

/** The one spelling that entries have, so that instants compare as text. */
function instant(field: string, text: string): string {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return toInstant(time);
  throw new Problem('invalid-request', {
    detail: `${field} is not a point in time.`,
    errors: [{ field, message: 'must be a date and time, such as 2026-01-31T12:00:00Z' }],
  });
}

function toEntry(row: Record<string, unknown>): HistoryEntry {
  const { snapshot, ...columns } = row;
  const present = Object.entries(columns).filter(([, value]) => value !== null);
  return historyEntrySchema.parse({
    ...Object.fromEntries(present),
    ...(typeof snapshot === 'string' ? { snapshot: JSON.parse(snapshot) as unknown } : {}),
  });
}
