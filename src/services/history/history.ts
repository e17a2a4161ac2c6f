import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEntry, HistoryKind, NewHistoryEntry } from '../../models/history.ts';
import { Problem } from '../../models/problem.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import { actorOf } from '../log/request-scope.ts';
import {
  DatabaseUnusable,
  isDamage,
  openedAgain,
  openPrivateDatabase,
} from '../files/private-database.ts';
import { appendRows, lastRow } from './append-row.ts';
import type { ChainPosition, HistoryRow } from './chain.ts';
import { writeCursor } from './cursor.ts';
import { conditions, type HistoryQuery } from './query.ts';
import { readEntry } from './read-entry.ts';
import { historyMigrations, historySchema } from './schema.ts';

export type { HistoryQuery };

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
  /** All of them or none, in one write to disk: as long as a single one takes. Never throws. */
  appendAll(entries: readonly NewHistoryEntry[]): boolean;
  /** Throws Problem 'invalid-request' (cursor, instants) or 'file-unreadable'. */
  list(query?: HistoryQuery): HistoryPage;
  /** How many entries of the kind each session has since `from`, an instant. Throws Problem 'file-unreadable'. */
  counts(kind: HistoryKind, from: string): ReadonlyMap<string, number>;
  /** Messages for the user about the file. */
  notices(): readonly string[];
  close(): void;
}

/** The same, with the hash chain of its rows. Its methods throw Problem 'file-unreadable'. */
export interface ChainedHistory extends History {
  /** The end of the chain as the file has it: entry 0 while there is none. */
  head(): ChainPosition;
  /** The row `entryId` as the file has it. */
  positionOf(entryId: number): ChainPosition | undefined;
  /** The row that this process wrote last, whatever became of it in the file. */
  lastWritten(): Omit<ChainPosition, 'rows'> | undefined;
  /** Oldest first, 1–1000. */
  rowsAfter(entryId: number, limit: number): readonly HistoryRow[];
}

const defaultLimit = 100;
const highestLimit = 1000;

/** Never throws: a history that cannot be written must not keep anybody from stopping a session. */
export function openHistory(options: {
  readonly file: string;
  readonly clock: Clock;
}): ChainedHistory {
  return new SqliteHistory(options);
}

class SqliteHistory implements ChainedHistory {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #notices: string[] = [];
  /** Why the last entry was not written. */
  #unwritten: string | undefined;
  /** The first entry that was found unreadable. */
  #unreadable: number | undefined;
  #database: DatabaseSync | undefined;
  #lastWritten: Omit<ChainPosition, 'rows'> | undefined;
  #closed = false;

  constructor(options: { readonly file: string; readonly clock: Clock }) {
    this.#file = options.file;
    this.#clock = options.clock;
    try {
      this.#opened();
    } catch (error) {
      this.#unwritten = (error as Error).message;
    }
  }

  notices(): readonly string[] {
    const unreadable =
      this.#unreadable === undefined
        ? []
        : [
            `Entry ${this.#unreadable} of the history ${this.#file} is damaged, so lists leave it out. ` +
              'To see what else changed: stint history verify',
          ];
    const unwritten =
      this.#unwritten === undefined
        ? []
        : [
            `The history is not kept now: ${this.#unwritten}. ` +
              'Free some space, or move the file away to begin a new one.',
          ];
    return [...this.#notices, ...unreadable, ...unwritten];
  }

  append(entry: NewHistoryEntry): boolean {
    return this.appendAll([entry]);
  }

  appendAll(entries: readonly NewHistoryEntry[]): boolean {
    if (entries.length === 0) return true;
    return (
      this.#areAppended(entries) || (this.#database === undefined && this.#areAppended(entries))
    );
  }

  #areAppended(entries: readonly NewHistoryEntry[]): boolean {
    try {
      const at = toInstant(this.#clock.now());
      const rows = entries.map((entry) => columnsOf(entry, at));
      this.#lastWritten = appendRows(this.#opened(), rows);
      this.#unwritten = undefined;
      return true;
    } catch (error) {
      const why = (error as Error).message;
      this.#unwritten =
        error instanceof DatabaseUnusable ? why : `${this.#file} cannot be written: ${why}`;
      this.#dropDamaged(error);
      return false;
    }
  }

  /** A damaged file is opened again at the next try, which renames it. */
  #dropDamaged(error: unknown): void {
    if (!isDamage(error)) return;
    this.#database?.close();
    this.#database = undefined;
  }

  list(query: HistoryQuery = {}): HistoryPage {
    const limit = Math.min(Math.max(Math.trunc(query.limit ?? defaultLimit), 1), highestLimit);
    const { where, values } = conditions(query);
    const rows = this.#reading((database) =>
      database
        .prepare(`SELECT * FROM history ${where} ORDER BY entryId DESC LIMIT ?`)
        .all(...values, limit + 1),
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.flatMap((row) => this.#entryOf(row)),
      ...(rows.length > limit && last ? { nextCursor: writeCursor(Number(last['entryId'])) } : {}),
    };
  }

  /** One damaged entry must not hide the others. */
  #entryOf(row: HistoryRow): readonly HistoryEntry[] {
    const entry = readEntry(row);
    if (entry !== undefined) return [entry];
    this.#unreadable ??= Number(row['entryId']);
    return [];
  }

  counts(kind: HistoryKind, from: string): ReadonlyMap<string, number> {
    const rows = this.#reading((database) =>
      database
        .prepare(
          `SELECT sessionId, count(*) AS n FROM history
           WHERE kind = ? AND at >= ? AND sessionId IS NOT NULL GROUP BY sessionId`,
        )
        .all(kind, from),
    );
    return new Map(rows.map((row) => [String(row['sessionId']), Number(row['n'])]));
  }

  head(): ChainPosition {
    return this.#reading((database) => {
      const row = lastRow(database);
      const rows = Number(database.prepare('SELECT count(*) AS n FROM history').get()?.['n']);
      return { ...row, rows };
    });
  }

  positionOf(entryId: number): ChainPosition | undefined {
    return this.#reading((database) => {
      const row = database.prepare('SELECT hash FROM history WHERE entryId = ?').get(entryId);
      if (row === undefined) return undefined;
      const rows = database
        .prepare('SELECT count(*) AS n FROM history WHERE entryId <= ?')
        .get(entryId);
      return { entryId, hash: String(row['hash']), rows: Number(rows?.['n']) };
    });
  }

  lastWritten(): Omit<ChainPosition, 'rows'> | undefined {
    return this.#lastWritten;
  }

  rowsAfter(entryId: number, limit: number): readonly HistoryRow[] {
    return this.#reading((database) =>
      database
        .prepare('SELECT * FROM history WHERE entryId > ? ORDER BY entryId LIMIT ?')
        .all(entryId, limit),
    );
  }

  close(): void {
    this.#closed = true;
    this.#database?.close();
    this.#database = undefined;
  }

  /** Opened again at every try while it could not be: the disk may have room again. */
  #opened(): DatabaseSync {
    if (this.#closed) throw new Error('the history is closed');
    const options = {
      file: this.#file,
      schema: historySchema,
      migrations: historyMigrations,
      now: this.#clock.now(),
    };
    if (this.#database) {
      const before = this.#database;
      this.#database = undefined;
      const again = openedAgain(before, options);
      this.#database = again?.database ?? before;
      if (again !== undefined) this.#notices.push(again.notice);
    } else {
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
      this.#dropDamaged(cause);
      throw new Problem('file-unreadable', {
        detail: `The history ${this.#file} cannot be read: ${(cause as Error).message}`,
        next: 'Make room on the disk and the file readable for your user; `stint doctor` tells more.',
        cause,
      });
    }
  }
}

function columnsOf(
  entry: NewHistoryEntry,
  at: string,
): Readonly<Record<string, string | undefined>> {
  return {
    at,
    kind: entry.kind,
    sessionId: entry.sessionId,
    sessionName: entry.sessionName,
    runId: entry.runId,
    reason: entry.reason,
    message: entry.message,
    by: entry.by,
    snapshot: asJson(entry.snapshot),
    actor: asJson(actorOf(entry.by)),
    changes: asJson(entry.changes),
  };
}

function asJson(value: object | undefined): string | undefined {
  return value && JSON.stringify(value);
}
