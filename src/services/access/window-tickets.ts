import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** How many pages may share a window's access: a browser copies it when a tab is duplicated. */
const pagesPerWindow = 10;

/**
 * With a ticket a browser window that is still open gets access from the next owner, once that has
 * proved itself. A page has it in memory only: whatever is stored under the page's address could be
 * read by another program that took the port. Times in seconds since the epoch.
 */
export class WindowTickets {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, now: number) {
    this.#database = database;
    database.prepare('DELETE FROM windowTicket WHERE expiresAt <= ?').run(now);
  }

  make(windowId: string, expiresAt: number): string {
    const ticket = randomBytes(32).toString('base64url');
    this.#database
      .prepare('INSERT INTO windowTicket VALUES (?, ?, ?)')
      .run(hashOf(ticket), windowId, expiresAt);
    this.#database
      .prepare(
        'DELETE FROM windowTicket WHERE windowId = ?1 AND rowid NOT IN ' +
          '(SELECT rowid FROM windowTicket WHERE windowId = ?1 ORDER BY rowid DESC LIMIT ?2)',
      )
      .run(windowId, pagesPerWindow);
    return ticket;
  }

  /** The window that a ticket is for; undefined once it has expired or was removed. */
  find(
    ticket: string,
    now: number,
  ): { readonly windowId: string; readonly expiresAt: number } | undefined {
    const row = this.#database
      .prepare('SELECT windowId, expiresAt FROM windowTicket WHERE hash = ? AND expiresAt > ?')
      .get(hashOf(ticket), now);
    return row && { windowId: String(row['windowId']), expiresAt: Number(row['expiresAt']) };
  }

  remove(windowId: string): void {
    this.#database.prepare('DELETE FROM windowTicket WHERE windowId = ?').run(windowId);
  }

  removeAll(): void {
    this.#database.exec('DELETE FROM windowTicket');
  }
}

/** A fast hash is enough: nobody can try all of 256 random bits. */
function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
