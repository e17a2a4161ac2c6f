import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { roleSchema, scopes } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import type { TokenInfo } from '../../models/token.ts';
import type { TokenGrant } from './client-token.ts';
import { withDescendants } from './token-family.ts';

/** How long an expired token is still listed, in seconds. */
const shownAfterExpiry = 7 * 24 * 3600;

type TokenRecord = TokenInfo & { readonly makerId?: string | undefined };

/**
 * The client tokens that were issued with the vault's key. They are in memory, too: this process alone
 * writes them, and a database that another program locks must not make good tokens bad. Times in
 * seconds since the epoch.
 */
export class TokenRecords {
  readonly #database: DatabaseSync;
  /** In the order they were issued. */
  readonly #records: Map<string, TokenRecord>;
  /** How many rows are damaged; their tokens are unknown. */
  readonly unreadable: number;

  constructor(database: DatabaseSync, now: number) {
    this.#database = database;
    database.prepare('DELETE FROM token WHERE expiresAt < ?').run(now - shownAfterExpiry);
    database.exec('DELETE FROM tokenMaker WHERE tokenId NOT IN (SELECT tokenId FROM token)');
    const rows = database.prepare(
      'SELECT token.*, makerId FROM token LEFT JOIN tokenMaker USING (tokenId) ' +
        'ORDER BY issuedAt, token.rowid',
    );
    const all = rows.all();
    this.#records = new Map(all.flatMap(readRecord));
    this.unreadable = all.length - this.#records.size;
  }

  add(grant: TokenGrant): void {
    const { tokenId, name, role, sessionId, makerId, issuedAt, expiresAt } = grant;
    const scope = grant.scopes.join(' ');
    const row = { tokenId, name, role, scope, sessionId: sessionId ?? null, issuedAt, expiresAt };
    if (makerId !== undefined) {
      this.#database.prepare('INSERT INTO tokenMaker VALUES (?, ?)').run(tokenId, makerId);
    }
    this.#database
      .prepare('INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, NULL)')
      .run(...Object.values(row));
    this.#records.set(...toRecord({ ...row, revokedAt: null, makerId: makerId ?? null }));
  }

  isValid(tokenId: string): boolean {
    const found = this.#records.get(tokenId);
    return found !== undefined && found.revokedAt === undefined;
  }

  /** Newest first. */
  list(): readonly TokenInfo[] {
    return [...this.#records.values()].toReversed().map(({ makerId, ...info }) => info);
  }

  /** With what was made with it. Returns its name; undefined if there is no such valid token. */
  revoke(tokenId: string, now: number): string | undefined {
    if (!this.isValid(tokenId)) return undefined;
    this.#revoke([...withDescendants(tokenId, this.#records.values())], now);
    return this.#records.get(tokenId)?.name;
  }

  revokeAll(now: number): void {
    this.#revoke([...this.#records.keys()], now);
  }

  removeAll(): void {
    this.#database.exec('BEGIN IMMEDIATE; DELETE FROM tokenMaker; DELETE FROM token; COMMIT');
    this.#records.clear();
  }

  /** When the first of those that are valid at `now` was issued; undefined if none is. */
  oldestIssue(now: number): number | undefined {
    const valid = [...this.#records.values()].filter(
      ({ revokedAt, expiresAt }) => revokedAt === undefined && Date.parse(expiresAt) / 1000 > now,
    );
    return valid.length === 0
      ? undefined
      : Math.min(...valid.map(({ issuedAt }) => Date.parse(issuedAt) / 1000));
  }

  #revoke(ids: readonly string[], now: number): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const revoke = this.#database.prepare(
        'UPDATE token SET revokedAt = ? WHERE tokenId = ? AND revokedAt IS NULL',
      );
      for (const id of ids) revoke.run(now, id);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    const revokedAt = toInstant(now * 1000);
    for (const id of ids) {
      const record = this.#records.get(id);
      if (record !== undefined) this.#records.set(id, { revokedAt, ...record });
    }
  }
}

const rowSchema = z.object({
  tokenId: z.string(),
  name: z.string(),
  role: roleSchema,
  scope: z.string(),
  sessionId: z.string().nullable(),
  makerId: z.string().nullable(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
});

/** None for a row that is damaged. */
function readRecord(row: unknown): readonly [string, TokenRecord][] {
  try {
    return [toRecord(row)];
  } catch {
    return [];
  }
}

function toRecord(row: unknown): [string, TokenRecord] {
  const { scope, sessionId, makerId, issuedAt, expiresAt, revokedAt, ...same } =
    rowSchema.parse(row);
  const granted = new Set(scope.split(' '));
  const record = {
    ...same,
    scopes: scopes.filter((name) => granted.has(name)),
    ...(sessionId === null ? {} : { sessionId }),
    ...(makerId === null ? {} : { makerId }),
    issuedAt: toInstant(issuedAt * 1000),
    expiresAt: toInstant(expiresAt * 1000),
    ...(revokedAt === null ? {} : { revokedAt: toInstant(revokedAt * 1000) }),
  };
  return [same.tokenId, record];
}
