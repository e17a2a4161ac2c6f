import { describe, expect, it } from 'vitest';
import { byDay } from '../../../src/app/history/days.ts';
import { entryNote, kindText, snapshotFacts } from '../../../src/app/history/entry-text.ts';
import { whoText } from '../../../src/app/history/who-text.ts';
import type { HistoryEntry } from '../../../src/models/history.ts';

const entry = (fields: Partial<HistoryEntry>): HistoryEntry => ({
  entryId: 1,
  at: '2026-11-30T12:00:00.000Z',
  kind: 'session-stopped',
  by: 'owner',
  ...fields,
});

describe('an entry of the history', () => {
  it('calls a start that failed by that name', () => {
    expect(kindText(entry({ reason: 'failed' })).text).toBe('Start failed');
    expect(kindText(entry({ reason: 'stopped' })).text).toBe('Stopped');
  });

  it.each([
    [entry({ reason: 'stopped', message: 'Stopped by owner.' }), ''],
    [entry({ reason: 'idle' }), 'idle timeout reached'],
    [entry({ reason: 'failed', message: 'Role refused.' }), 'Role refused.'],
    [entry({ kind: 'settings-updated', changes: [{ field: 'defaultRegion' }] }), 'Default region'],
  ])('%# notes %s', (given, note) => {
    expect(entryNote(given)).toBe(note);
  });

  it.each([
    [{ by: 'stint' }, 'Stint'],
    [{ by: 'owner' }, 'You'],
    [{ by: 'owner', actor: { role: 'owner', via: 'socket' } }, 'You, on the command line'],
    [{ by: 'window', actor: { role: 'window', via: 'port' } }, 'You, in the browser window'],
    [{ by: 'ci', actor: { role: 'operator', via: 'port' } }, 'token “ci”'],
  ] as const)('%j was asked for by %s', (given, text) => {
    expect(whoText(given)).toBe(text);
  });

  it('shows the session at its start, without ids and empty fields', () => {
    const snapshot = { type: 'awsIamUser', region: 'eu-west-1', labels: ['a', 'b'], limits: {} };
    expect(snapshotFacts({ ...snapshot, pinned: false, profileName: 'pay' })).toEqual([
      ['Region', 'eu-west-1'],
      ['Labels', 'a, b'],
      ['Profile', 'pay'],
    ]);
  });
});

it('entries are grouped by the days of this machine’s calendar', () => {
  const now = new Date(2026, 10, 30, 15).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  const entries = [at(30, 9), at(30, 1), at(29, 23), at(26, 12)].map((one, index) =>
    entry({ entryId: 9 - index, at: one }),
  );
  expect(byDay(entries, now).map(({ title, entries: held }) => [title, held.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    ['Thursday', 1],
  ]);
});
