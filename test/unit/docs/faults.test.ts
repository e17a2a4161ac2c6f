import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/*
 * The list of faults names the tests that keep them: a test that is renamed or removed takes its row
 * along.
 */

const root = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'faults.md'), 'utf8');
const rows = Array.from(
  page.matchAll(/^\| ([A-Z]?\d*) \| (.+) \| (.+) \|$/gm),
  ([, id, , kept]) => ({
    id: String(id),
    kept: String(kept),
  }),
);

const missingIn = (kept: string): readonly string[] =>
  Array.from(kept.matchAll(/`(test\/[^`]+)` ((?:“[^”]+”(?:, )?)+)/g)).flatMap(
    ([, file = '', titles = '']) => {
      const path = join(root, file);
      if (!existsSync(path)) return [file];
      const text = readFileSync(path, 'utf8');
      return Array.from(titles.matchAll(/“([^”]+)”/g), ([, title = '']) => title).filter(
        (title) => !text.includes(title),
      );
    },
  );

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
