import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { roleSchema, scopes } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import type { TokenInfo } from '../../models/token.ts';
import { openAccessDatabase } from './access-database.ts';
import type { TokenGrant } from './client-token.ts';

/** How long an expired token is still listed, in seconds. */
const shownAfterExpiry = 7 * 24 * 3600;

/** The client tokens that were issued. Times in seconds since the epoch. */
export class TokenRecords {
  readonly #database: DatabaseSync;
  readonly notices: readonly string[];

  /** Throws DatabaseUnusable. */
  constructor(file: string, now: number) {
    const { database, notice } = openAccessDatabase({ file, now });
    this.#database = database;
    this.notices = notice === undefined ? [] : [`${notice} Earlier client tokens no longer work.`];
    database
      .prepare('DELETE FROM token WHERE expiresAt < ?')
      .run(Math.floor(now / 1000) - shownAfterExpiry);
  }

  add(grant: TokenGrant): void {
    this.#database
      .prepare('INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, NULL)')
      .run(
        grant.tokenId,
        grant.name,
        grant.role,
        grant.scopes.join(' '),
        grant.sessionId ?? null,
        grant.issuedAt,
        grant.expiresAt,
      );
  }

  isValid(tokenId: string): boolean {
    const row = this.#database
      .prepare('SELECT 1 FROM token WHERE tokenId = ? AND revokedAt IS NULL')
      .get(tokenId);
    return row !== undefined;
  }

  find(tokenId: string): TokenInfo | undefined {
    const row = this.#database.prepare('SELECT * FROM token WHERE tokenId = ?').get(tokenId);
    return row && toInfo(row);
  }

  /** Newest first. */
  list(): readonly TokenInfo[] {
    const rows = this.#database.prepare('SELECT * FROM token ORDER BY issuedAt DESC, rowid DESC');
    return rows.all().map(toInfo);
  }

  /** False if there is no such valid token. */
  revoke(tokenId: string, now: number): boolean {
    const { changes } = this.#database
      .prepare('UPDATE token SET revokedAt = ? WHERE tokenId = ? AND revokedAt IS NULL')
      .run(now, tokenId);
    return changes === 1;
  }

  revokeAll(now: number): void {
    this.#database.prepare('UPDATE token SET revokedAt = ? WHERE revokedAt IS NULL').run(now);
  }

  close(): void {
    this.#database.close();
  }
}

const rowSchema = z.object({
  tokenId: z.string(),
  name: z.string(),
  role: roleSchema,
  scope: z.string(),
  sessionId: z.string().nullable(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
});

function toInfo(row: unknown): TokenInfo {
  const { scope, sessionId, issuedAt, expiresAt, revokedAt, ...same } = rowSchema.parse(row);
  const granted = new Set(scope.split(' '));
  return {
    ...same,
    scopes: scopes.filter((name) => granted.has(name)),
    ...(sessionId === null ? {} : { sessionId }),
    issuedAt: toInstant(issuedAt * 1000),
    expiresAt: toInstant(expiresAt * 1000),
    ...(revokedAt === null ? {} : { revokedAt: toInstant(revokedAt * 1000) }),
  };
}
