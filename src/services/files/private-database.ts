import { chmodSync, closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Why a SQLite file of Stint's home cannot be used. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

export interface PrivateDatabaseOptions {
  readonly file: string;
  /** Creates version 1, the only one there is. */
  readonly schema: string;
  readonly now: number;
}

const schemaVersion = 1;

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

function open({ file, schema }: PrivateDatabaseOptions): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: 1000 });
  try {
    // Without recursive triggers REPLACE would delete rows despite the triggers that forbid it.
    database.exec('PRAGMA recursive_triggers = ON; PRAGMA synchronous = EXTRA;');
    const check = database.prepare('PRAGMA quick_check(1)').get();
    if (check?.['quick_check'] !== 'ok') throw new DamagedDatabase(String(check?.['quick_check']));
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > schemaVersion) {
      throw new Error(
        `it has version ${version}, and this Stint knows only version ${schemaVersion}`,
      );
    }
    if (version === 0) {
      database.exec(`BEGIN; ${schema}; PRAGMA user_version = ${schemaVersion}; COMMIT;`);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class DamagedDatabase extends Error {}

function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return (
    error instanceof DamagedDatabase || (typeof code === 'number' && damageCodes.has(code & 255))
  );
}
