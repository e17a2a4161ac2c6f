import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareNames } from '../../../src/models/name-order.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));

it('names have the order that the collator gives them, character by character', () => {
  const differing = ascii.flatMap((a) =>
    ascii
      .filter((b) => Math.sign(compareNames(a, b)) !== Math.sign(collator.compare(a, b)))
      .map((b) => `${a}${b}`),
  );
  expect(differing).toEqual([]);
});

it('names of any characters have the order that the collator gives them', () => {
  const character = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('a', 'B', 'b', '0', '1', '2', '9', '-', '_', ' ', '/'),
    },
    { weight: 3, arbitrary: fc.constantFrom(...ascii) },
    { weight: 1, arbitrary: fc.constantFrom('é', 'e\u0301', '\u0301', 'ß', '٣', '東', '\t', '😀') },
  );
  const name = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Math.sign(collator.compare(a, b)));
    }),
    { seed: 7, numRuns: 5000 },
  );
});

it.each([
  ['account-2', 'account-10'],
  ['account-010', 'account-11'],
  ['Account', 'account-1'],
  ['anna', 'Bert'],
])('%s comes before %s', (first, second) => {
  expect([second, first].sort(compareNames)).toEqual([first, second]);
});
