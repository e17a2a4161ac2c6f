import { expect, it } from 'vitest';
import { keptRows, missingIn } from '../../support/kept-rows.ts';

/*
 * The list of faults names the tests that keep them: a test that is renamed or removed takes its row
 * along.
 */

const rows = keptRows('faults.md');

it.each(rows)('fault $id is kept by tests that exist, or says why it stays', ({ kept }) => {
  expect(missingIn(kept)).toEqual([]);
  expect(kept).toMatch(/`test\/|^open: |^stays: /);
});

it('no fault is missing', () => {
  const numbered = (letter: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
  const all = [
    ...numbered('', 40),
    'A',
    'B',
    'C',
    'D',
    'E',
    ...numbered('F', 12),
    ...numbered('G', 4),
  ];
  const contract = [3, 4, 7, 8, 9, 10, 12].map((one) => `D${one}`);
  expect(rows.map(({ id }) => id)).toEqual([...all, ...contract]);
});

it('a title that no test has is noticed', () => {
  expect(missingIn('`test/unit/docs/faults.test.ts` “no such sentence ' + 'at all”')).toHaveLength(
    1,
  );
  expect(missingIn('`test/unit/docs/none.test.ts` “x”')).toEqual(['test/unit/docs/none.test.ts']);
});
