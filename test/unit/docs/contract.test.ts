import { expect, it } from 'vitest';
import { keptRows, missingIn } from '../../support/kept-rows.ts';

const rows = keptRows('contract.md');

it.each(rows)('statement $id is kept by tests that exist', ({ kept }) => {
  expect(missingIn(kept)).toEqual([]);
  expect(kept).toMatch(/`test\//);
});

it('no statement is missing', () => {
  const numbered = (letter: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
  expect(rows.map(({ id }) => id)).toEqual([
    ...numbered('R', 14),
    ...numbered('P', 13),
    ...numbered('C', 25),
    ...numbered('A', 7),
    ...numbered('B', 9),
  ]);
});
