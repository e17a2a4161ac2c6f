import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openAccessDatabase } from '../../../src/services/access/access-database.ts';
import type { TokenGrant } from '../../../src/services/access/client-token.ts';
import { TokenRecords } from '../../../src/services/access/token-records.ts';

/** 2026-01-31T12:00:00Z, in seconds since the epoch. */
const noon = 1_769_860_800;

function scratchRecords() {
  const folder = mkdtempSync(join(tmpdir(), 'stint-tokens-'));
  const { database } = openAccessDatabase({ file: join(folder, 'access.db'), now: noon * 1000 });
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** As the next owner reads them. */
  return { database, read: (now = noon) => new TokenRecords(database, now) };
}

const grant = (tokenId: string, fields: Partial<TokenGrant> = {}): TokenGrant => ({
  tokenId,
  name: tokenId,
  role: 'viewer',
  scopes: ['sessions:read'],
  issuedAt: noon,
  expiresAt: noon + 60,
  ...fields,
});

test('the next owner reads each token as it was issued and revoked', () => {
  const { read } = scratchRecords();
  const first = read();
  first.add(grant('bound', { role: 'credentials', sessionId: 's1' }));
  first.add(grant('revoked', { issuedAt: noon + 1 }));
  first.revoke('revoked', noon + 2);
  const kept = [
    {
      tokenId: 'revoked',
      name: 'revoked',
      role: 'viewer',
      scopes: ['sessions:read'],
      issuedAt: '2026-01-31T12:00:01.000Z',
      expiresAt: '2026-01-31T12:01:00.000Z',
      revokedAt: '2026-01-31T12:00:02.000Z',
    },
    {
      tokenId: 'bound',
      name: 'bound',
      role: 'credentials',
      scopes: ['sessions:read'],
      sessionId: 's1',
      issuedAt: '2026-01-31T12:00:00.000Z',
      expiresAt: '2026-01-31T12:01:00.000Z',
    },
  ];
  expect(first.list()).toStrictEqual(kept);
  expect(read().list()).toStrictEqual(kept);
});

test('the next owner knows which token was made with which, and ends them together', () => {
  const { read } = scratchRecords();
  const first = read();
  first.add(grant('maker'));
  first.add(grant('made', { makerId: 'maker' }));
  first.add(grant('other'));
  const next = read();
  next.revoke('maker', noon);
  expect(['maker', 'made', 'other'].map((id) => next.isValid(id))).toEqual([false, false, true]);
  expect(['maker', 'made', 'other'].map((id) => read().isValid(id))).toEqual([false, false, true]);
});

test('the oldest token that still counts is neither revoked nor expired', () => {
  const { read } = scratchRecords();
  const records = read();
  expect(records.oldestIssue(noon)).toBeUndefined();
  records.add(grant('expires', { issuedAt: noon - 20, expiresAt: noon + 10 }));
  records.add(grant('revoked', { issuedAt: noon - 10 }));
  records.add(grant('valid', { issuedAt: noon - 5 }));
  expect(records.oldestIssue(noon)).toBe(noon - 20);
  expect(records.oldestIssue(noon + 9)).toBe(noon - 20);
  expect(records.oldestIssue(noon + 10)).toBe(noon - 10);
  records.revoke('revoked', noon);
  expect(records.oldestIssue(noon + 10)).toBe(noon - 5);
  records.revokeAll(noon);
  expect(records.oldestIssue(noon + 10)).toBeUndefined();
});

test('a week after its end nothing of a token is left, and not before', () => {
  const { database, read } = scratchRecords();
  read().add(grant('made', { makerId: 'maker', expiresAt: noon }));
  const rows = (table: string) => database.prepare(`SELECT * FROM ${table}`).all().length;
  const week = 7 * 24 * 3600;
  read(noon + week);
  expect([rows('token'), rows('tokenMaker')]).toEqual([1, 1]);
  read(noon + week + 1);
  expect([rows('token'), rows('tokenMaker')]).toEqual([0, 0]);
});

test('a token that cannot be revoked stays valid, and can be revoked later', () => {
  const { database, read } = scratchRecords();
  const records = read();
  records.add(grant('ci'));
  database.exec(
    "CREATE TRIGGER refuse BEFORE UPDATE ON token BEGIN SELECT RAISE(ABORT, 'refused'); END",
  );
  expect(() => records.revoke('ci', noon)).toThrow('refused');
  expect([records.isValid('ci'), read().isValid('ci')]).toEqual([true, true]);
  database.exec('DROP TRIGGER refuse');
  expect(records.revoke('ci', noon)).toBe('ci');
  expect([records.isValid('ci'), read().isValid('ci')]).toEqual([false, false]);
});
