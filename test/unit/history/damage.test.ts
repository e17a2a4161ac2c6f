import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HistoryEntry } from '../../../src/models/history.ts';
import { Problem } from '../../../src/models/problem.ts';
import { openHistory, type ChainedHistory } from '../../../src/services/history/history.ts';
import { checkChain } from '../../../src/services/history/verify-chain.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { minutes } from '../../support/campaign.ts';
import { damages, kindsOfDamage, offsetsToDamage } from '../../support/damaged-database.ts';

const clock = new FakeClock('2026-01-31T12:00:00.000Z');

/** A history of eight entries with a value in each column. */
function scratchHistory() {
  const folder = mkdtempSync(join(tmpdir(), 'stint-history-damage-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'history.db');
  const first = openHistory({ file, clock });
  for (let index = 0; index < 8; index += 1) {
    first.append({
      kind: 'session-stopped',
      sessionId: `session-${index}`,
      sessionName: 'payments',
      runId: `run-${index}`,
      reason: 'stopped',
      message: `Stopped ${index} times.`,
      by: 'owner',
      snapshot: { region: 'eu-west-1' },
      changes: [{ field: 'region', to: 'eu-west-1' }],
    });
  }
  const entries = first.list().items;
  const end = first.head();
  first.close();
  return { folder, file, entries, end };
}

/** What `read` gives; undefined where it says which file cannot be read, and what to do. */
function readable<T>(file: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    const { code, details } = error as Problem;
    expect(code).toBe('file-unreadable');
    expect(details.detail).toContain(file);
    expect(details.next).not.toBe('');
    return undefined;
  }
}

const listed = (file: string, history: ChainedHistory): readonly HistoryEntry[] =>
  readable(file, () => history.list())?.items ?? [];

/** Whether the rows are no longer those that were written. */
async function isNoticed(
  history: ChainedHistory,
  end: ReturnType<ChainedHistory['head']>,
): Promise<boolean> {
  try {
    const { firstBad, missing } = await checkChain(history, [end]);
    return firstBad !== undefined || missing !== undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'file-unreadable' });
    return true;
  }
}

describe.each(kindsOfDamage)('a history that is %s at any byte', (kind) => {
  test(
    'is kept where it is replaced, shows no entry that was not written unnoticed, and continues or says why not',
    async () => {
      const { folder, file, entries, end } = scratchHistory();
      const written = new Set(entries.map((entry) => JSON.stringify(entry)));
      const whole = readFileSync(file);
      const counts = { damaged: 0, replaced: 0, whole: 0, noticed: 0, stuck: 0 };
      for (const at of offsetsToDamage(whole.length)) {
        counts.damaged += 1;
        const damaged = damages[kind](whole, at);
        writeFileSync(file, damaged);
        const history = openHistory({ file, clock });
        const found = listed(file, history).map((entry) => JSON.stringify(entry));
        const isWhole = found.length === written.size && found.every((one) => written.has(one));
        if (isWhole) counts.whole += 1;
        else {
          expect([at, await isNoticed(history, end)]).toEqual([at, true]);
          counts.noticed += 1;
        }
        const message = 'after the damage';
        if (history.append({ kind: 'login', message, by: 'owner' })) {
          expect([at, listed(file, history)[0]?.message]).toEqual([at, message]);
        } else {
          expect([at, history.notices().join(' ')]).toEqual([at, expect.stringContaining(file)]);
          counts.stuck += 1;
        }
        history.close();
        const aside = readdirSync(folder).filter((name) => name.includes('.damaged-'));
        counts.replaced += aside.length;
        for (const name of aside) {
          expect(readFileSync(join(folder, name)).equals(damaged)).toBe(true);
          rmSync(join(folder, name));
        }
      }
      console.log(`history ${kind}: ${JSON.stringify(counts)}`);
      expect(counts.replaced).toBeGreaterThan(0);
    },
    minutes(2),
  );
});
