import { describe, expect, it } from 'vitest';
import type { faults } from '../../support/simulation/faults.ts';
import { simulateSeeds } from '../../support/simulation/simulate-seeds.ts';
import { simulate } from '../../support/simulation/simulate.ts';

// The whole month costs more time than `npm test` has: `npm run simulate` does it, for 100 seeds.
it('20 days of 1,000 sessions end nothing early and serve nothing expired (replay: npm run simulate -- --seed 1 --days 20)', async () => {
  const { failure, counts } = await simulate(1, { days: 20 });
  expect(failure).toBeUndefined();
  expect(counts.starts).toBeGreaterThan(400);
  expect(counts.renewals).toBeGreaterThan(800);
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
    const first = await brokenRun('slow-retries');
    expect((await brokenRun('slow-retries')).text).toBe(first.text);
  });
});
