import { describe, expect, it } from 'vitest';
import { exponentOf } from '../../../scripts/bench/growth-plot.ts';
import { goalText, row } from '../../../scripts/bench/row.ts';
import { samplesOf } from '../../../scripts/bench/samples.ts';
import { workspaceSubject } from '../../../scripts/bench/workspace.ts';

describe('the bench', () => {
  it('loads and validates a large workspace within twice its goal, by time of the processor', async () => {
    const rows = await workspaceSubject.measure();
    const load = rows.find(({ name }) => name.endsWith('load and validate'));
    expect(load?.goal).toEqual({ atMost: 5 });
    expect((load?.ours?.cpu ?? Number.NaN) / (load?.limit?.cpu ?? Number.NaN)).toBeLessThan(10);
  });
});

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
    expect(samplesOf(times)).toEqual({ median: 100, p99: 198, count: 200 });
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
