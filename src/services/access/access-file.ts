import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../models/problem.ts';
import type { Clock } from '../clock/clock.ts';
import { DatabaseUnusable, isDamage } from '../files/private-database.ts';
import { accessOpenedAgain, openAccessDatabase } from './access-database.ts';
import { TokenRecords } from './token-records.ts';
import { WindowTickets } from './window-tickets.ts';

interface Opened {
  readonly database: DatabaseSync;
  readonly records: TokenRecords;
  readonly tickets: WindowTickets;
}

/** How long a file that cannot be opened is left alone, in milliseconds: each try waits for its lock. */
const pause = 2_000;

/** The part of `access.db` about client tokens; opened again where that failed. */
export class AccessFile {
  readonly #dbFile: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #notices: string[] = [];
  #opened: Opened | undefined;
  #failure: { readonly error: unknown; readonly at: number } | undefined;
  #closed = false;

  constructor(options: { readonly dbFile: string; readonly clock: Pick<Clock, 'now'> }) {
    this.#dbFile = options.dbFile;
    this.#clock = options.clock;
    try {
      this.#open();
    } catch (error) {
      if (!(error instanceof DatabaseUnusable)) throw error;
      this.#notices.push(
        `Client tokens are not accepted: ${error.message}. ` +
          'If it stays so, move the file away to begin a new list, and make new tokens.',
      );
    }
  }

  /** Messages for the user. */
  notices(): readonly string[] {
    return this.#notices;
  }

  /** Throws Problem 'access-unavailable': neither yes nor no while the file cannot be opened. */
  check(ask: (opened: Opened) => boolean): boolean {
    try {
      return ask(this.#open());
    } catch (cause) {
      this.#dropDamaged(cause);
      throw new Problem('access-unavailable', {
        detail: `Stint cannot check client tokens now: ${(cause as Error).message}`,
        next: 'Try again in a moment. If it stays, run `stint doctor`.',
        cause,
      });
    }
  }

  /** Throws Problem 'file-unreadable'. */
  read<T>(work: (opened: Opened) => T): T {
    try {
      return work(this.#open());
    } catch (cause) {
      this.#dropDamaged(cause);
      throw new Problem('file-unreadable', {
        detail: `The list of client tokens cannot be read: ${(cause as Error).message}`,
        next: 'Run `stint doctor` for details.',
        cause,
      });
    }
  }

  /** Throws Problem 'file-unwritable'. */
  write<T>(work: (opened: Opened) => T): T {
    try {
      return work(this.#open());
    } catch (cause) {
      this.#dropDamaged(cause);
      throw new Problem('file-unwritable', {
        detail: `The list of client tokens cannot be written: ${(cause as Error).message}`,
        next: 'Free some space and make the folder writable for your user.',
        cause,
      });
    }
  }

  close(): void {
    this.#closed = true;
    this.#opened?.database.close();
    this.#opened = undefined;
  }

  /** Tries again after a pause, in case the disk has space again or another program has let go. */
  #open(): Opened {
    if (this.#closed) throw new DatabaseUnusable('it is closed');
    const now = this.#clock.now();
    if (this.#opened !== undefined) {
      const before = this.#opened;
      this.#opened = undefined;
      const again = accessOpenedAgain(before.database, { file: this.#dbFile, now });
      if (again !== undefined) this.#notices.push(again.notice);
      this.#opened = again === undefined ? before : this.#of(again.database, now);
      return this.#opened;
    }
    if (this.#failure !== undefined && Math.abs(now - this.#failure.at) < pause) {
      throw this.#failure.error;
    }
    try {
      const { database, notice } = openAccessDatabase({ file: this.#dbFile, now });
      this.#opened = this.#of(database, now);
      if (notice !== undefined) {
        this.#notices.push(`${notice} Earlier client tokens no longer work.`);
      }
      return this.#opened;
    } catch (cause) {
      const error =
        cause instanceof DatabaseUnusable
          ? cause
          : new DatabaseUnusable(`${this.#dbFile} cannot be used: ${(cause as Error).message}`, {
              cause,
            });
      this.#failure = { error, at: now };
      throw error;
    }
  }

  #of(database: DatabaseSync, now: number): Opened {
    const seconds = Math.floor(now / 1000);
    const records = new TokenRecords(database, seconds);
    if (records.unreadable > 0) {
      this.#notices.push(
        `Damaged client tokens in ${this.#dbFile}, which no longer work: ${records.unreadable}. ` +
          'Make new ones: stint token create',
      );
    }
    return {
      database,
      records,
      tickets: new WindowTickets(database, seconds),
    };
  }

  /** A damaged file is opened again at the next try, which renames it. */
  #dropDamaged(error: unknown): void {
    if (!isDamage(error)) return;
    this.#opened?.database.close();
    this.#opened = undefined;
  }
}
