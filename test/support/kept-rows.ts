import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** One row of a page that names the tests which keep something right. */
export interface KeptRow {
  readonly id: string;
  readonly kept: string;
}

/** The rows of a page in `docs`: an id, what it is about, and the tests. */
export function keptRows(page: string): readonly KeptRow[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  return Array.from(text.matchAll(/^\| ([A-Z]?\d*) \| (.+) \| (.+) \|$/gm), ([, id, , kept]) => ({
    id: String(id),
    kept: String(kept),
  }));
}

/** The files and titles in a row that no longer exist. */
export function missingIn(kept: string): readonly string[] {
  return Array.from(kept.matchAll(/`(test\/[^`]+)` ((?:“[^”]+”(?:, )?)+)/g)).flatMap(
    ([, file = '', titles = '']) => {
      const path = join(root, file);
      if (!existsSync(path)) return [file];
      const text = readFileSync(path, 'utf8');
      return Array.from(titles.matchAll(/“([^”]+)”/g), ([, title = '']) => title).filter(
        (title) => !text.includes(title),
      );
    },
  );
}
