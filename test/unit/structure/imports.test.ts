import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const relativeImport = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.ts)'/g;

/** Files of the product, each with the files it imports, types included. */
const imports = new Map(
  globSync('{electron,practice-cloud,scripts,src}/**/*.ts', { cwd: root }).map((file) => [
    file,
    [...readFileSync(join(root, file), 'utf8').matchAll(relativeImport)].map(([, path]) =>
      normalize(join(dirname(file), String(path))),
    ),
  ]),
);

/** The first way found from a file back to itself. */
function circle(): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of imports.get(file) ?? []) {
      const found = visit(next);
      if (found !== undefined) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const found = visit(file);
    if (found !== undefined) return found;
  }
  return undefined;
}

it('no file imports itself through others', () => {
  expect(imports.size).toBeGreaterThan(500);
  expect(circle()).toBeUndefined();
});
