import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { VaultStatus } from '../../../src/services/vault/vault-contract.ts';
import { HistoryAnchor } from '../../../src/services/history/anchor.ts';
import { openHistory } from '../../../src/services/history/history.ts';
import { historySchema } from '../../../src/services/history/schema.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';

/** A history file and a vault, and what runs on them from one start of the owner to its end. */
function scratchOwner() {
  const folder = mkdtempSync(join(tmpdir(), 'stint-chain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'history.db');
  const secrets = secretsInMemory();
  const clock = new FakeClock('2026-01-31T12:00:00.000Z');
  const vault = { ...secrets, writes: 0, locked: false };
  const anchorVault = {
    get: (name: string) => secrets.get(name),
    set: (name: string, value: string) => {
      vault.writes += 1;
      return secrets.set(name, value);
    },
    status: (): VaultStatus => ({ locked: vault.locked, method: 'passphrase', detail: '' }),
  };
  const warnings: string[] = [];
  const log = { warn: (operation: string) => void warnings.push(operation) };
  const start = () => {
    const history = openHistory({ file, clock });
    const anchor = new HistoryAnchor({ history, vault: anchorVault, clock, log });
    onTestFinished(() => history.close());
    const add = (count = 1) => {
      for (let i = 0; i < count; i += 1) {
        expect(history.append({ kind: 'login', message: `sign-in ${i}`, by: 'owner' })).toBe(true);
        anchor.noteAppended();
      }
    };
    const end = async () => {
      await anchor.close();
      history.close();
    };
    return { history, anchor, add, end };
  };
  /** What another program of the same user does: it drops what forbids it first. */
  const tamper = (sql: string) => {
    const other = new DatabaseSync(file);
    other.exec(`
      DROP TRIGGER IF EXISTS history_no_update;
      DROP TRIGGER IF EXISTS history_no_delete;
      DROP TRIGGER IF EXISTS history_no_replace;
      ${sql}`);
    other.close();
  };
  return { folder, file, vault, clock, warnings, start, tamper };
}

/** An owner that wrote ten entries and ended. */
async function afterTen() {
  const scratch = scratchOwner();
  const owner = scratch.start();
  owner.add(10);
  await owner.end();
  return scratch;
}

describe('the history nobody touched', () => {
  test('is confirmed by the vault, over restarts and with whatever text', async () => {
    const { start } = await afterTen();
    const owner = start();
    owner.history.append({
      kind: 'login',
      message: 'half \ud83d a pair, a NUL \0 within',
      by: 'ö',
    });
    await owner.anchor.store();
    expect(await owner.anchor.verify()).toEqual({
      ok: true,
      rows: 11,
      checkedTo: 11,
      vault: 'confirms',
      found: [],
      message: 'All 11 entries are unchanged. The vault confirms them up to entry 11.',
    });
  });

  test('can be empty', async () => {
    const { anchor } = scratchOwner().start();
    await anchor.store();
    expect(await anchor.verify()).toMatchObject({ ok: true, rows: 0, checkedTo: 0 });
  });

  test('may be added to while it is verified', async () => {
    const { start } = await afterTen();
    const { add, anchor } = start();
    add(600);
    const verified = anchor.verify();
    add(600);
    expect(await verified).toMatchObject({ ok: true });
  });
});

describe('verifying finds', () => {
  const of = 'INSERT INTO history SELECT';
  test.each([
    ['a changed entry', "UPDATE history SET by = 'nobody' WHERE entryId = 4", 4, 'changed'],
    ['a changed time', "UPDATE history SET at = '2026-01-01' WHERE entryId = 1", 1, 'changed'],
    ['a removed entry', 'DELETE FROM history WHERE entryId = 4', 5, 'unlinked'],
    ['the first entries removed', 'DELETE FROM history WHERE entryId < 3', 3, 'unlinked'],
    [
      'an inserted entry',
      "INSERT INTO history (entryId, at, kind, by, hash, previousHash) VALUES (-1, '', 'login', 'x', 'x', '')",
      -1,
      'unlinked',
    ],
    [
      'two entries in the other order',
      `UPDATE history SET entryId = 99 WHERE entryId = 4;
       UPDATE history SET entryId = 4 WHERE entryId = 5;
       UPDATE history SET entryId = 5 WHERE entryId = 99`,
      4,
      'unlinked',
    ],
    [
      'an entry written twice',
      `${of} 11, at, kind, sessionId, sessionName, runId, reason, message, by, snapshot, actor,
       changes, previousHash, hash FROM history WHERE entryId = 10`,
      11,
      'unlinked',
    ],
  ])('%s', async (_what, sql, entryId, fault) => {
    const { start, tamper } = await afterTen();
    tamper(sql);
    const found = await start().anchor.verify();
    expect(found).toMatchObject({ ok: false, firstBad: { entryId, fault } });
    expect(found.message).toMatch(new RegExp(`^Entry ${entryId} `));
    expect(found.next).toMatch(/backup/);
  });

  test.each([
    ...['at', 'kind', 'sessionId', 'sessionName', 'runId', 'reason', 'message', 'by'],
    ...['snapshot', 'actor', 'changes'],
  ])('another %s in an entry', async (column) => {
    const { start, tamper } = await afterTen();
    tamper(`UPDATE history SET ${column} = 'x' WHERE entryId = 10`);
    const found = await start().anchor.verify();
    expect(found).toMatchObject({ ok: false, firstBad: { entryId: 10, fault: 'changed' } });
  });

  test('that entries are missing at the end, and how many', async () => {
    const { start, tamper } = await afterTen();
    tamper('DELETE FROM history WHERE entryId > 7');
    expect(await start().anchor.verify()).toMatchObject({
      ok: false,
      rows: 7,
      checkedTo: 7,
      missing: 3,
      vault: 'contradicts',
      message: 'At least 3 entries are missing at the end.',
    });
  });

  test('a whole chain that was written again without the vault', async () => {
    const { start, tamper, file, folder } = await afterTen();
    const forged = join(folder, 'forged.db');
    const other = openHistory({ file: forged, clock: new FakeClock('2026-01-31T12:00:00.000Z') });
    for (let i = 0; i < 10; i += 1) other.append({ kind: 'login', by: 'somebody else' });
    other.close();
    tamper('');
    copyFileSync(forged, file);
    expect(await start().anchor.verify()).toMatchObject({
      ok: false,
      firstBad: { entryId: 10, fault: 'replaced' },
      vault: 'contradicts',
    });
  });

  test('what was removed while the owner runs, before the vault knows of it', async () => {
    const { start, tamper } = await afterTen();
    const { add, anchor } = start();
    add(2);
    tamper('DELETE FROM history WHERE entryId = 12');
    expect(await anchor.verify()).toMatchObject({ ok: false, missing: 1 });
  });

  test('entries that were removed at the end also after others were added', async () => {
    const { start, tamper, warnings } = await afterTen();
    tamper('DELETE FROM history WHERE entryId > 7');
    const owner = start();
    owner.add(5);
    await owner.end();
    expect(warnings).toEqual(['history.broken']);
    const again = start();
    again.add();
    await again.anchor.store();
    expect(warnings).toHaveLength(1);
    const found = await again.anchor.verify();
    expect(found).toMatchObject({ ok: false, vault: 'contradicts', found: [{ entryId: 10 }] });
    expect(owner.anchor.notices()).toEqual([expect.stringContaining('entry 10')]);
  });

  test('a file that was removed between two starts', async () => {
    const { start, file } = await afterTen();
    rmSync(file);
    const { add, anchor } = start();
    add(2);
    expect(await anchor.verify()).toMatchObject({ ok: false, rows: 2, missing: 8 });
  });
});

describe('the end of the history in the vault', () => {
  test('is written at most once a minute, and at the end', async () => {
    const { vault, clock, start } = await afterTen();
    expect(vault.writes).toBe(1);
    const owner = start();
    await owner.anchor.store();
    expect(vault.writes).toBe(1);
    owner.add(500);
    await clock.advance(59_000);
    await owner.anchor.store();
    owner.add(500);
    await clock.advance(1_000);
    await owner.anchor.store();
    expect(vault.writes).toBe(3);
    await owner.end();
    expect(vault.writes).toBe(3);
  });

  test('waits for the unlock; entries are written meanwhile', async () => {
    const { vault, start } = await afterTen();
    vault.locked = true;
    const { add, anchor } = start();
    add(3);
    await anchor.store();
    expect(await anchor.verify()).toMatchObject({
      ok: true,
      rows: 13,
      vault: 'locked',
      next: 'Unlock the vault, then verify again.',
    });
    vault.locked = false;
    await anchor.store();
    expect(await anchor.verify()).toMatchObject({ ok: true, rows: 13, vault: 'confirms' });
  });

  test('is begun again with a new vault', async () => {
    const { vault, start } = await afterTen();
    await vault.delete('history/head');
    const { anchor } = start();
    expect(await anchor.verify()).toMatchObject({ ok: true, vault: 'empty' });
    await anchor.store();
    expect(await anchor.verify()).toMatchObject({ ok: true, vault: 'confirms' });
  });
});

test('entries of a version without hashes are chained when the file is opened, and then protected', async () => {
  const { file, start, tamper } = scratchOwner();
  const before = new DatabaseSync(file);
  before.exec(`${historySchema}; PRAGMA user_version = 1;
    INSERT INTO history (at, kind, by) VALUES ('2026-01-01T00:00:00.000Z', 'login', 'owner');
    INSERT INTO history (at, kind, by) VALUES ('2026-01-02T00:00:00.000Z', 'logout', 'owner');`);
  before.close();
  const { anchor, add, history } = start();
  add();
  expect(history.list().items.map(({ kind }) => kind)).toEqual(['login', 'logout', 'login']);
  await anchor.store();
  expect(await anchor.verify()).toMatchObject({ ok: true, rows: 3, vault: 'confirms' });
  const other = new DatabaseSync(file);
  expect(() => other.exec("UPDATE history SET by = ''")).toThrow('only ever added to');
  other.close();
  tamper("UPDATE history SET kind = 'login' WHERE entryId = 2");
  expect(await anchor.verify()).toMatchObject({ firstBad: { entryId: 2, fault: 'changed' } });
});
