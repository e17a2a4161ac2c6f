import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '../../../src/cli/owner/compiled-code.ts');

describe('what Node compiled of Stint’s programs', () => {
  let folder: string;
  let home: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stint-compiled-'));
    home = join(folder, 'home');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What is in the home after a program that keeps it there has ended. */
  async function kept(): Promise<readonly string[]> {
    const program = `
      const { keepCompiledCode } = await import(${JSON.stringify(pathToFileURL(source).href)});
      keepCompiledCode(${JSON.stringify(home)});
      await import(${JSON.stringify(pathToFileURL(source).href + '?again')});`;
    const { NODE_COMPILE_CACHE: _, ...env } = process.env;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env });
    return await readdir(home).catch(() => []);
  }

  it('is kept in a home that is the user’s alone', async () => {
    await mkdir(home, { mode: 0o700 });
    expect(await kept()).toEqual(['compiled']);
  });

  it('is not kept in a home that others can write to', async () => {
    await mkdir(home);
    await chmod(home, 0o777);
    expect(await kept()).toEqual([]);
  });

  it('makes no home where there is none', async () => {
    expect(await kept()).toEqual([]);
  });

  it('leaves it to the command to refuse a home inside a file', async () => {
    home = join(import.meta.filename, 'home');
    expect(await kept()).toEqual([]);
  });
});
