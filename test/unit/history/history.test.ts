import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NewHistoryEntry } from '../../../src/models/history.ts';
import type { Clock } from '../../../src/services/clock/clock.ts';
import { openHistory, type HistoryQuery } from '../../../src/services/history/history.ts';

const start = Date.UTC(2026, 0, 31, 12);

function scratchHistory() {
  const folder = mkdtempSync(join(tmpdir(), 'stint-history-'));
  const file = join(folder, 'history.db');
  let now = start;
  // A second passes between any two entries.
  const clock: Clock = { now: () => (now += 1000), after: () => () => undefined };
  const open = () => {
    const history = openHistory({ file, clock });
    onTestFinished(() => history.close());
    return history;
  };
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file, open };
}

const started = (sessionName: string): NewHistoryEntry => ({
  kind: 'session-started',
  sessionId: `id of ${sessionName}`,
  sessionName,
  runId: 'r1',
  by: 'owner',
  snapshot: { sessionName, region: 'eu-west-1', labels: ['a'] },
});

describe('history', () => {
  test('keeps what happened over a restart, newest first, readable by its user alone', () => {
    const { open, file } = scratchHistory();
    const history = open();
    expect(history.append(started('one'))).toBe(true);
    const stopped = { kind: 'session-stopped', reason: 'idle', by: 'stint' } as const;
    expect(history.append(stopped)).toBe(true);
    history.close();
    const { items, nextCursor } = open().list();
    expect(nextCursor).toBeUndefined();
    expect(items).toEqual([
      {
        entryId: 2,
        at: expect.stringMatching(/^2026-01-31T12:00:0\d\.000Z$/) as string,
        ...stopped,
      },
      { entryId: 1, at: expect.any(String) as string, ...started('one') },
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('keeps many entries in one write, each with its place; of a write that fails, none', () => {
    const { file, open } = scratchHistory();
    const history = open();
    expect(history.appendAll([])).toBe(true);
    expect(history.appendAll(['anna', 'ben', 'cleo'].map(started))).toBe(true);
    expect(history.list().items.map(({ sessionName }) => sessionName)).toEqual([
      'cleo',
      'ben',
      'anna',
    ]);
    const [first, second, third] = history.rowsAfter(0, 10);
    expect([second?.['previousHash'], third?.['previousHash']]).toEqual([
      first?.['hash'],
      second?.['hash'],
    ]);
    expect(history.lastWritten()?.entryId).toBe(3);

    const other = new DatabaseSync(file);
    onTestFinished(() => other.close());
    other.exec(`CREATE TRIGGER no_eve BEFORE INSERT ON history WHEN NEW.sessionName = 'eve'
      BEGIN SELECT RAISE(ABORT, 'not her'); END`);
    expect(history.appendAll(['dora', 'eve'].map(started))).toBe(false);
    expect(history.list().items).toHaveLength(3);
    expect(history.append(started('finn'))).toBe(true);
  });

  test('holds no field that is not of the contract', () => {
    const { open, file } = scratchHistory();
    const history = open();
    history.append({ ...started('one'), secretAccessKey: 'geheim' } as NewHistoryEntry);
    expect(readFileSync(file).includes('geheim')).toBe(false);
  });

  test.each([
    'UPDATE history SET by = NULL',
    "UPDATE history SET message = 'nothing happened' WHERE entryId = 1",
    'DELETE FROM history',
    "REPLACE INTO history (entryId, at, kind, by) VALUES (1, '', '', '')",
    "INSERT INTO history (entryId, at, kind, by) VALUES (1, '', '', '') ON CONFLICT DO UPDATE SET by = ''",
  ])('refuses %s, from whatever program', (sql) => {
    const { open, file } = scratchHistory();
    const history = open();
    history.append(started('one'));
    const before = history.list();
    for (const recursive of ['ON', 'OFF']) {
      const other = new DatabaseSync(file);
      other.exec(`PRAGMA recursive_triggers = ${recursive}`);
      expect(() => other.exec(sql)).toThrow('history is only ever added to');
      other.close();
    }
    expect(history.list()).toEqual(before);
  });
});

describe('reading history', () => {
  const full = () => {
    const scratch = scratchHistory();
    const history = scratch.open();
    for (let i = 1; i <= 25; i += 1) history.append(started(i % 2 ? 'odd' : 'even'));
    history.append({ kind: 'keys-reset', by: 'owner' });
    return history;
  };

  test('goes page by page through everything, once each, even while more is added', () => {
    const history = full();
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = history.list({ limit: 7, cursor });
      seen.push(...page.items.map(({ entryId }) => entryId));
      cursor = page.nextCursor;
      history.append({ kind: 'login', by: 'owner' });
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 26 }, (_, i) => 26 - i));
  });

  test('can be narrowed by session, kind and time', () => {
    const history = full();
    const times = history.list().items.map(({ at }) => at);
    const count = (query: HistoryQuery) => history.list(query).items.length;
    expect(count({ session: 'id of odd' })).toBe(13);
    expect(count({ session: 'even' })).toBe(12);
    expect(count({ kind: 'keys-reset' })).toBe(1);
    expect(count({ session: 'odd', kind: 'keys-reset' })).toBe(0);
    expect(count({ from: times[3], to: times[1] })).toBe(3);
    // The same instant as another clock writes it.
    expect(count({ from: times[3]?.replace('.000Z', 'Z') })).toBe(4);
    expect(count({ to: times[3]?.replace('.000Z', '+00:00') })).toBe(23);
  });

  test.each(['x', '', 'YmVmb3JlOjE=', Buffer.from('before:1; DROP').toString('base64url')])(
    'refuses the cursor %j that it never gave out',
    (cursor) => {
      expect(() => full().list({ cursor })).toThrow(
        expect.objectContaining({ code: 'invalid-request' }) as Error,
      );
    },
  );

  test('refuses a time that is none', () => {
    expect(() => full().list({ from: 'yesterday' })).toThrow(
      expect.objectContaining({ code: 'invalid-request' }) as Error,
    );
  });
});

describe('a history that cannot be used', () => {
  test('is moved aside if damaged, with a notice, and a new one begins', () => {
    const { open, file, folder } = scratchHistory();
    writeFileSync(file, 'no database at all, but some text that is long enough to be looked at');
    const history = open();
    expect(history.notices()).toEqual([expect.stringContaining('damaged')]);
    expect(history.append(started('one'))).toBe(true);
    expect(history.list().items).toHaveLength(1);
    const aside = readdirSync(folder).find((name) => name.startsWith('history.db.damaged-'));
    expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toMatch(/^no database/);
  });

  test('with a damaged page inside is set aside as well', () => {
    const { open, file } = scratchHistory();
    const history = open();
    for (let i = 0; i < 200; i += 1) history.append(started(`session ${i}`));
    history.close();
    const bytes = readFileSync(file);
    bytes.fill(0xab, 8192, 20_000);
    writeFileSync(file, bytes);
    const again = open();
    expect(again.notices()).toEqual([expect.stringContaining('damaged')]);
    expect(again.append(started('one'))).toBe(true);
  });

  test('of a newer version is left alone', () => {
    const { open, file } = scratchHistory();
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 3; CREATE TABLE history (other TEXT)');
    newer.close();
    const before = readFileSync(file);
    const history = open();
    expect(history.append(started('one'))).toBe(false);
    expect(history.notices()).toEqual([expect.stringContaining('version 3')]);
    expect(() => history.list()).toThrow('version 3');
    expect(readFileSync(file)).toEqual(before);
  });

  test.each([
    ['a kind that there is not', "UPDATE history SET kind = 'x' WHERE entryId = 2"],
    ['half a snapshot', `UPDATE history SET snapshot = '{"a' WHERE entryId = 2`],
  ])('with %s in one entry shows the others, page by page, and names it', (_, damage) => {
    const { open, file } = scratchHistory();
    const history = open();
    for (const name of ['one', 'two', 'three']) history.append(started(name));
    const other = new DatabaseSync(file);
    other.exec(`DROP TRIGGER history_no_update; ${damage}`);
    other.close();
    const names = (query: HistoryQuery = {}) =>
      history.list(query).items.map(({ sessionName }) => sessionName);
    expect(names()).toEqual(['three', 'one']);
    const { nextCursor } = history.list({ limit: 2 });
    expect(names({ limit: 2, cursor: nextCursor })).toEqual(['one']);
    expect(history.notices()).toEqual([
      `Entry 2 of the history ${file} is damaged, so lists leave it out. ` +
        'To see what else changed: stint history verify',
    ]);
  });

  test('answers no when asked to write, says why, and writes again as soon as it can', () => {
    const { open, file } = scratchHistory();
    const history = open();
    history.append(started('one'));
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(history.append(started('two'))).toBe(false);
    expect(history.notices()).toEqual([
      `The history is not kept now: ${file} cannot be written: database is locked. ` +
        'Free some space, or move the file away to begin a new one.',
    ]);
    other.exec('ROLLBACK');
    other.close();
    expect(history.append(started('three'))).toBe(true);
    expect(history.notices()).toEqual([]);
    expect(history.list().items.map(({ sessionName }) => sessionName)).toEqual(['three', 'one']);
  });

  test('is opened again once its folder can be used', () => {
    const { folder } = scratchHistory();
    const blocked = join(folder, 'not-a-folder');
    writeFileSync(blocked, '');
    const clock: Clock = { now: () => start, after: () => () => undefined };
    const history = openHistory({ file: join(blocked, 'history.db'), clock });
    expect(history.append(started('one'))).toBe(false);
    expect(() => history.list()).toThrow(
      expect.objectContaining({ code: 'file-unreadable' }) as Error,
    );
    rmSync(blocked);
    mkdirSync(blocked);
    expect(history.append(started('one'))).toBe(true);
    history.close();
  });
});

describe('a writer that is killed', () => {
  test('loses nothing that it said was written', async () => {
    const { open, file } = scratchHistory();
    const program = `
      import { openHistory } from './src/services/history/history.ts';
      import { systemClock } from './src/services/clock/clock.ts';
      const history = openHistory({ file: process.argv[1], clock: systemClock });
      for (let i = 1; ; i += 1) {
        if (!history.append({ kind: 'login', by: 'owner' })) throw new Error('not written');
        process.stdout.write('x');
      }`;
    let written = 0;
    for (let round = 0; round < 5; round += 1) {
      const child = spawn(
        process.execPath,
        ['--input-type=module-typescript', '-e', program, file],
        {
          cwd: fileURLToPath(new URL('../../..', import.meta.url)),
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let printed = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.length;
        if (printed > 5 + round * 7) child.kill('SIGKILL');
      });
      await once(child, 'close');
      written += printed;
      const history = open();
      expect(history.notices()).toEqual([]);
      const last = history.list({ limit: 1 }).items[0]?.entryId ?? 0;
      expect(last).toBeGreaterThanOrEqual(written);
      written = last;
      history.close();
    }
  });
});
