import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Machine } from './client.ts';
import { npmFolder } from './npm-packages.ts';
import { lineInSuite } from './suite.ts';

/** Building a Go program on two busy cores takes minutes. */
const patience = 600_000;

function outputOf(wrap: Machine['wrap']): Machine['output'] {
  return async (line) => {
    const [program = '', ...args] = wrap(line);
    return await promisify(execFile)(program, args, { timeout: patience }).then(
      ({ stdout, stderr }) => stdout + stderr,
      () => undefined,
    );
  };
}

/** This machine, with its own programs and the npm packages of the cache. */
export async function thisMachine(cache: string): Promise<Machine> {
  const wrap = (line: readonly string[]) => line;
  const built = join(cache, 'built', 'machine');
  await mkdir(built, { recursive: true });
  return {
    name: 'machine',
    built,
    wrap,
    output: outputOf(wrap),
    npmFolder: (name, version) => npmFolder(cache, name, version),
  };
}

/** A Debian suite in a folder. `shared`: the folders that are there under the same names. */
export async function suiteMachine(
  cache: string,
  suite: string,
  shared: readonly string[],
): Promise<Machine> {
  const built = join(cache, 'built', suite);
  await mkdir(built, { recursive: true });
  const wrap = (line: readonly string[]) => lineInSuite(cache, suite, [...shared, built], line);
  return { name: suite, built, wrap, output: outputOf(wrap), npmFolder: () => undefined };
}
