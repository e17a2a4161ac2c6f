import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

interface Step {
  readonly path: string;
  /** The first of a process: a request leads to it, no import. */
  readonly isFirst: boolean;
}

/** The walks of docs/walks.md by their headings, each as its files in order. */
function readWalks(): ReadonlyMap<string, readonly Step[]> {
  const walks = new Map<string, Step[]>();
  let steps: Step[] = [];
  let isFirst = true;
  for (const line of readFileSync(join(root, 'docs', 'walks.md'), 'utf8').split('\n')) {
    const [, heading] = /^## (.+)$/.exec(line) ?? [];
    if (heading !== undefined) walks.set(heading, (steps = []));
    if (line.startsWith('#')) isFirst = true;
    const [, number, path] = /^(\d+)\. `([^`]+)`: \S/.exec(line) ?? [];
    if (path === undefined) continue;
    expect(Number(number), `the number of ${path}`).toBe(steps.length + 1);
    steps.push({ path, isFirst });
    isFirst = false;
  }
  return walks;
}

function importsOf(path: string): readonly string[] {
  const file = join(root, path);
  return Array.from(
    readFileSync(file, 'utf8').matchAll(/(?:from |import\()\s*'(\.[^']+)'/g),
    ([, target = '']) => relative(root, join(dirname(file), target)).replaceAll('\\', '/'),
  );
}

/** What the composition root creates, what the API works on, and the bundles of the command. */
const composed = new Set([
  ...globSync(['src/agent/compose/*.ts', 'electron/main.ts'], { cwd: root }).flatMap(importsOf),
  ...importsOf('src/services/services.ts'),
  'src/cli/main.ts',
  'src/cli/all-commands.ts',
]);
const walks = readWalks();

it('there are five walks', () => {
  expect([...walks.keys()]).toEqual(['Start', 'Click', 'Rotation', 'Azure start', 'Endpoint']);
});

it('a start passes through at most 45 files', () => {
  expect(walks.get('Start')?.length).toBeLessThanOrEqual(45);
  expect(walks.get('Start')?.at(0)?.path).toBe('bin/stint.js');
});

describe.each([...walks])('%s', (_, steps) => {
  it('names files that exist, each once', () => {
    const paths = steps.map(({ path }) => path);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(paths).toEqual([...new Set(paths)]);
  });

  it('connects each file to one before it, unless the composition root creates it', () => {
    const passed = new Set<string>();
    const reached = new Set<string>();
    const unreached = steps.filter(({ path, isFirst }) => {
      const imports = importsOf(path);
      const isReached =
        isFirst ||
        composed.has(path) ||
        reached.has(path) ||
        imports.some((target) => passed.has(target));
      passed.add(path);
      for (const target of imports) reached.add(target);
      return !isReached;
    });
    expect(unreached.map(({ path }) => path)).toEqual([]);
  });
});
