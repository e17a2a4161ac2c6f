import { expect, it } from 'vitest';
import { keptRows, missingIn } from '../../support/kept-rows.ts';

/* A test that is renamed or removed takes the promise along that it proves. */

const rows = keptRows('promises.md');

it.each(rows)('promise $id is proven by tests that exist', ({ kept }) => {
  expect(kept).toMatch(/^`test\//);
  expect(missingIn(kept)).toEqual([]);
});

it('promises are numbered, and none is missing', () => {
  expect(rows.map(({ id }) => id)).toEqual(rows.map((_, at) => String(at + 1)));
  expect(rows.length).toBeGreaterThanOrEqual(16);
});
