import { describe, expect, it } from 'vitest';
import { deliverySubject } from '../../../scripts/bench/delivery.ts';
import { dueSubject } from '../../../scripts/bench/due.ts';
import { exponentOf } from '../../../scripts/bench/growth-plot.ts';
import { goalText, row, type Row } from '../../../scripts/bench/row.ts';
import { samplesOf } from '../../../scripts/bench/samples.ts';
import { workspaceSubject } from '../../../scripts/bench/workspace.ts';

describe('the bench, with twice the goal as limit', () => {
  it.each([deliverySubject, dueSubject, workspaceSubject])(
    'has every ratio of $name within it',
    async (subject) => {
      const rows = await subject.measure();
      // Ratios alone: milliseconds depend on what else the machine does.
      const ratios = rows.filter(({ unit }) => unit.startsWith('×'));
      const over = ratios.filter((one) => undisturbed(one) > 2 * limitOf(one));
      expect(ratios.length).toBeGreaterThan(0);
      expect(over).toEqual([]);
    },
  );
});

/** The ratio of the quickest samples: other tests run beside this one. */
function undisturbed({ value, ours, limit }: Row): number {
  return ours === undefined || limit === undefined ? value : ours.least / limit.least;
}

function limitOf({ goal }: Row): number {
  return 'atMost' in goal ? goal.atMost : Number.NaN;
}

describe('a row of the bench', () => {
  it('meets a goal in its direction, and never without a value', () => {
    const isOk = (value: number, goal: Parameters<typeof row>[3]) => row('x', value, '×', goal).ok;
    expect([isOk(2, { atMost: 2 }), isOk(3, { atMost: 2 })]).toEqual([true, false]);
    expect([isOk(2, { atLeast: 2 }), isOk(1, { atLeast: 2 })]).toEqual([true, false]);
    expect(isOk(Number.NaN, { atMost: 2 })).toBe(false);
    expect(goalText({ atLeast: 8 })).toBe('≥ 8');
  });

  it('has the median and p99 of its samples', () => {
    const times = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(samplesOf(times)).toEqual({ least: 1, median: 100, p99: 198, count: 200 });
  });

  it('tells linear growth from quadratic', () => {
    const sizes = [100, 1000, 5000];
    const of = (power: number) => ({
      name: 'x',
      sizes,
      values: sizes.map((size) => size ** power),
    });
    expect(exponentOf(of(1))).toBeCloseTo(1);
    expect(exponentOf(of(2))).toBeCloseTo(2);
  });
});
