import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openHistory } from '../../../src/services/history/history.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { minutes } from '../../support/campaign.ts';
import { damages, offsetsToDamage } from '../../support/damaged-database.ts';

const clock = new FakeClock('2026-01-31T12:00:00.000Z');

test.each(['changed', 'cut short'] as const)(
  'a history that is %s at any byte never makes Stint fail, and is kept where it is replaced',
  (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'stint-history-damage-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const file = join(folder, 'history.db');
    const first = openHistory({ file, clock });
    for (let index = 0; index < 20; index += 1) {
      first.append({ kind: 'login', message: `sign-in ${index}`, by: 'owner' });
    }
    first.close();
    const whole = readFileSync(file);
    let replaced = 0;
    for (const at of offsetsToDamage(whole.length)) {
      const damaged = damages[kind](whole, at);
      writeFileSync(file, damaged);
      const history = openHistory({ file, clock });
      history.append({ kind: 'login', message: 'after the damage', by: 'owner' });
      history.close();
      const aside = readdirSync(folder).filter((name) => name.includes('.damaged-'));
      replaced += aside.length;
      for (const name of aside) {
        expect(readFileSync(join(folder, name)).equals(damaged)).toBe(true);
        rmSync(join(folder, name));
      }
    }
    expect(replaced).toBeGreaterThan(0);
  },
  minutes(1),
);
