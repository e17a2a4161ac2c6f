import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackProgram } from '../../../../src/cli/single-executable/unpack-program.ts';

describe('the files in the single executable', () => {
  let home: string;
  beforeEach(async () => {
    home = join(await mkdtemp(join(tmpdir(), 'stint-unpack-')), 'stint');
  });
  afterEach(() => rm(join(home, '..'), { recursive: true }));

  const read: string[] = [];
  const unpack = (build: string) =>
    unpackProgram({
      home,
      build,
      files: ['dist/stint.cjs', 'node_modules/a/index.js'],
      read: (file) => {
        read.push(file);
        return Buffer.from(`${build} ${file}`);
      },
    });

  it('are written once, for their user alone', async () => {
    const folder = unpack('1.0.0-a');
    expect(folder).toBe(join(home, 'program', '1.0.0-a'));
    expect(await readFile(join(folder, 'dist/stint.cjs'), 'utf8')).toBe('1.0.0-a dist/stint.cjs');
    if (process.platform !== 'win32') {
      expect((await stat(home)).mode & 0o777).toBe(0o700);
      expect((await stat(join(folder, 'dist/stint.cjs'))).mode & 0o777).toBe(0o600);
    }
    read.length = 0;
    expect(unpack('1.0.0-a')).toBe(folder);
    expect(read).toEqual([]);
  });

  it('of the build before are kept for its agent; older ones, and halves, are removed', async () => {
    for (const [index, build] of ['1.0.0-a', '1.1.0-b'].entries()) {
      await utimes(unpack(build), index, index);
    }
    await mkdir(join(home, 'program', '1.1.0-b.99'));
    await utimes(join(home, 'program', '1.1.0-b.99'), 0, 0);
    unpack('1.2.0-c');
    expect((await readdir(join(home, 'program'))).sort()).toEqual(['1.1.0-b', '1.2.0-c']);
  });

  it.skipIf(process.platform === 'win32')(
    'are not run from a folder that others can change',
    async () => {
      await chmod(unpack('1.0.0-a'), 0o777);
      expect(() => unpack('1.0.0-a')).toThrow('can be changed by every user');
      expect(() => unpack('1.0.0-a')).toThrow('set STINT_HOME to another one');
    },
  );
});
