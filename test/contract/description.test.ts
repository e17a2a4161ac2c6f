import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generated } from '../../scripts/openapi.ts';
import { problemRegistry } from '../../src/models/problem.ts';

const root = join(import.meta.dirname, '..', '..');

describe('what is written down about the API', () => {
  it('openapi.json and the client’s types are what the routes say', async () => {
    for (const [file, text] of await generated()) {
      expect(await readFile(join(root, file), 'utf8'), `${file}: npm run openapi`).toBe(text);
    }
  });

  it('docs/problems.md explains each problem, and none that does not exist', async () => {
    const text = await readFile(join(root, 'docs', 'problems.md'), 'utf8');
    const explained = [...text.matchAll(/^### `([a-z-]+)` — (\d{3})$/gm)].map(
      ([, code = '', status]) => [code, Number(status)] as const,
    );
    expect(Object.fromEntries(explained)).toEqual(
      Object.fromEntries(
        Object.entries(problemRegistry).map(([code, { status }]) => [code, status]),
      ),
    );
  });
});
