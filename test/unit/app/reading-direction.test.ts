import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const app = join(import.meta.dirname, '..', '..', '..', 'src', 'app');

/** The style sheets of the window: files, and those inside components. */
async function sheets(): Promise<readonly (readonly [name: string, css: string])[]> {
  const names = (await readdir(app, { recursive: true })).filter((name) =>
    /\.(css|ts)$/.test(name),
  );
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(app, name), 'utf8');
      return [
        name,
        name.endsWith('.css') ? text : (/styles: `([^`]*)`/.exec(text)?.[1] ?? ''),
      ] as const;
    }),
  );
}

const sideways =
  /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)\b|(?:left|right):|(?:text-align|float): (?:left|right))/;
const fourValues = /(?:margin|padding|inset): ([^\s()]+) ([^\s()]+) ([^\s()]+) ([^\s()]+);/;

it('no style names left or right, so that the window reads from right to left as well', async () => {
  const wrong = (await sheets()).flatMap(([name, css]) =>
    css
      .split('\n')
      .filter((line) => {
        const [, , right, , left] = fourValues.exec(line) ?? [];
        return sideways.test(line) || right !== left;
      })
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(wrong).toEqual([]);
});
