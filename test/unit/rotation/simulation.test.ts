import { describe, expect, it } from 'vitest';
import type { faults } from '../../support/simulation/faults.ts';
import { simulateSeeds } from '../../support/simulation/simulate-seeds.ts';

/** The longest time for a seed on a busy machine, in milliseconds; an idle one needs 8 s. */
const enough = 240_000;

it.each([1, 2, 3])(
  '30 days of 1,000 sessions end nothing early and serve nothing expired, seed %i (100 seeds: npm run simulate)',
  async (seed) => {
    const lines: string[] = [];
    const failed = await simulateSeeds([seed], {}, (line) => {
      lines.push(line);
    });
    expect(failed, lines.join('\n')).toBe(0);
    const counts = JSON.parse(/\{.*\}/.exec(lines[0] ?? '')?.[0] ?? '{}') as Record<string, number>;
    expect(counts['starts']).toBeGreaterThan(600);
    expect(counts['renewals']).toBeGreaterThan(1_200);
    expect(counts['maximums']).toBeGreaterThan(50);
  },
  enough,
);

it('10 days of 200 sessions end nothing early and serve nothing expired while the clock is set again and again, and Stint ends on most nights', async () => {
  const lines: string[] = [];
  const failed = await simulateSeeds(
    [1, 2],
    { sessions: 200, days: 10, clock: 'chaos' },
    (line) => {
      lines.push(line);
    },
  );
  expect(failed, lines.join('\n')).toBe(0);
});

describe('a Stint that is broken on purpose', () => {
  const brokenRun = async (fault: (typeof faults)[number]) => {
    const lines: string[] = [];
    const failed = await simulateSeeds([1], { sessions: 100, days: 30, fault }, (line) => {
      lines.push(line);
    });
    return { failed, text: lines.join('\n') };
  };

  it.each([
    ['no-margin', 'expired although'],
    ['slow-retries', 'expired although'],
    ['wall-clock', 'counted as expired before it was'],
    ['late-ends', 'after its maximum'],
    ['endless-margin', 'was renewed a third time in one lifetime'],
  ] as const)('%s fails with what happened, when, and how to repeat it', async (fault, what) => {
    const { failed, text } = await brokenRun(fault);
    expect(failed).toBe(1);
    expect(text).toMatch(/^not ok seed 1: 2026-1[12]-\S+Z: /);
    expect(text).toContain(what);
    expect(text).toContain(
      `\n  replay: npm run simulate -- --seed 1 --sessions 100 --days 30 --fault ${fault}\n`,
    );
    expect(text).toMatch(/simulation: 0 seeds passed, 1 failed$/);
  });

  it('fails the same way at the same moment when it is repeated', async () => {
    const first = await brokenRun('endless-margin');
    expect((await brokenRun('endless-margin')).text).toBe(first.text);
  });
});
