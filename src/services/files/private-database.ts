import { chmodSync, closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Why a SQLite file of Stint's home cannot be used. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

export interface PrivateDatabaseOptions {
  readonly file: string;
  /** Creates version 1. */
  readonly schema: string;
  /** Make version 2 of version 1, and so on, each within a transaction. */
  readonly migrations?: readonly ((database: DatabaseSync) => void)[];
  readonly now: number;
  /** Also whether each index has what its table has, which takes longer (sqlite.org/pragma.html, "integrity_check"). */
  readonly checksIndexes?: boolean;
}

/** Result codes that mean damage (sqlite.org/rescode.html): SQLITE_CORRUPT, SQLITE_NOTADB. */
const damageCodes = new Set([11, 26]);

/**
 * Opens a database that only its user can read (0600). A damaged one is renamed and a new one
 * created, which `notice` says. With the rollback journal and `synchronous=EXTRA` a commit survives
 * a kill or a power cut, and the home may be on a network drive, where write-ahead logging does not
 * work. Throws DatabaseUnusable.
 */
export function openPrivateDatabase(options: PrivateDatabaseOptions): {
  readonly database: DatabaseSync;
  readonly notice?: string;
} {
  const { file, now } = options;
  try {
    try {
      return { database: open(options) };
    } catch (error) {
      if (!isDamage(error)) throw error;
      const time = new Date(now).toISOString().replaceAll(':', '-');
      const aside = `${file}.damaged-${time}`;
      for (const suffix of ['-journal', '']) {
        if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
      }
      const notice = `${file} was damaged. Stint kept it as ${aside} and created a new one.`;
      return { database: open(options), notice };
    }
  } catch (cause) {
    throw new DatabaseUnusable(`${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

/** Which file a database was opened on. */
const openedOn = new WeakMap<DatabaseSync, string>();

/**
 * Undefined while `database` is that of its file. Else the one to use from now on, as `notice` says:
 * a file that somebody removed is written again with all it had, which the open one still has; one that
 * somebody replaced is opened. Closes `database`. Throws DatabaseUnusable.
 */
export function openedAgain(
  database: DatabaseSync,
  options: PrivateDatabaseOptions,
): { readonly database: DatabaseSync; readonly notice: string } | undefined {
  const { file } = options;
  const found = identityOf(file);
  if (found === openedOn.get(database)) return undefined;
  let done = 'replaced while Stint was running. Stint uses the new one.';
  if (found === undefined) {
    done = isWritten(database, file)
      ? 'removed while Stint was running. Stint wrote it again.'
      : 'removed while Stint was running. Stint created a new one, without what it had.';
  }
  database.close();
  const opened = openPrivateDatabase(options);
  const notice = [`${file} was ${done}`, opened.notice].filter(Boolean).join(' ');
  return { database: opened.database, notice };
}

/** Writes all of `database` to a new `file` (sqlite.org/lang_vacuum.html, "VACUUM with an INTO clause"). */
function isWritten(database: DatabaseSync, file: string): boolean {
  try {
    database.prepare('VACUUM INTO ?').run(file);
    return true;
  } catch {
    return false;
  }
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

function open(options: PrivateDatabaseOptions): DatabaseSync {
  const { file, schema, migrations = [], checksIndexes = false } = options;
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: 1000 });
  try {
    // Without recursive triggers REPLACE would delete rows despite the triggers that forbid it.
    database.exec('PRAGMA recursive_triggers = ON; PRAGMA synchronous = EXTRA;');
    const check = checksIndexes ? 'integrity_check' : 'quick_check';
    const found = database.prepare(`PRAGMA ${check}(1)`).get()?.[check];
    if (found !== 'ok') throw new DamagedDatabase(String(found));
    const steps = [(empty: DatabaseSync) => empty.exec(schema), ...migrations];
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > steps.length) {
      throw new Error(
        `it has version ${version}, and this Stint knows only version ${steps.length}`,
      );
    }
    if (version < steps.length) {
      database.exec('BEGIN IMMEDIATE');
      for (const step of steps.slice(version)) step(database);
      database.exec(`PRAGMA user_version = ${steps.length}; COMMIT;`);
    }
    openedOn.set(database, identityOf(file) ?? '');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class DamagedDatabase extends Error {}

/** Whether SQLite found that the file is damaged, or no database. */
export function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return (
    error instanceof DamagedDatabase || (typeof code === 'number' && damageCodes.has(code & 255))
  );
}
