import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { exists } from '../../../src/services/delivery/shared/user-file/exists.ts';
import { locate, readUserFile } from '../../../src/services/delivery/shared/user-file/locate.ts';
import { removeFolders } from '../../../src/services/delivery/shared/user-file/remove-folders.ts';
import { failReads } from '../../support/failing-reads.ts';
import { problemOf } from '../../support/scratch-delivery.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-folders-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'credentials');
});

describe('what is read as the user’s file', () => {
  it('is its text, byte for byte, and nothing where there is none', async () => {
    expect(await readUserFile(file)).toBeUndefined();
    await writeFile(file, '\xff\xfe\0', 'latin1');
    expect(await readUserFile(file)).toBe('\xff\xfe\0');
  });

  it('is not a folder', async () => {
    await mkdir(file);
    expect((await problemOf(readUserFile(file))).details.detail).toBe(
      `${file} is a folder. Stint did not change it.`,
    );
  });

  it.skipIf(process.platform === 'win32')(
    'is not a pipe, which would make Stint wait',
    async () => {
      execFileSync('mkfifo', [file]);
      expect((await problemOf(readUserFile(file))).details.detail).toBe(
        `${file} is not a regular file. Stint did not change it.`,
      );
    },
  );

  it('has at most 10 MB', async () => {
    await writeFile(file, '');
    await truncate(file, 10 * 1024 * 1024);
    expect((await readUserFile(file))?.length).toBe(10 * 1024 * 1024);
    await truncate(file, 10 * 1024 * 1024 + 1);
    expect(await problemOf(readUserFile(file))).toMatchObject({
      code: 'file-unreadable',
      details: { detail: `${file} is larger than 10 MB. Stint did not change it.` },
    });
  });

  it('is named where it cannot be read, with what the system says', async () => {
    await writeFile(file, 'own');
    failReads(file, 'EACCES');
    expect(await problemOf(readUserFile(file))).toMatchObject({
      code: 'file-unreadable',
      details: {
        detail: `${file} cannot be read: EACCES: cannot be read, open '${file}'. Stint did not change it.`,
        next: expect.stringContaining('Make it a readable file') as string,
      },
    });
  });
});

describe.skipIf(process.platform === 'win32')('a link', () => {
  it('is followed to the file that it names, through others, even to one that is not there', async () => {
    await symlink('two', file);
    await symlink(join(folder, 'three'), join(folder, 'two'));
    expect(await locate(file)).toBe(join(folder, 'three'));
  });

  it('that leads back to itself is refused', async () => {
    await symlink('two', file);
    await symlink('credentials', join(folder, 'two'));
    expect((await problemOf(locate(file))).message).toContain(`${file} cannot be reached: ELOOP`);
  });

  it('behind a file instead of a folder is refused', async () => {
    await writeFile(join(folder, 'aws'), '');
    const problem = await problemOf(locate(join(folder, 'aws', 'credentials')));
    expect(problem.code).toBe('file-unreadable');
    expect(await exists(join(folder, 'aws', 'credentials'))).toBe(false);
  });
});

describe('folders that Stint made', () => {
  it('are removed up to the topmost of them, though the next is empty then, too', async () => {
    await mkdir(join(folder, 'theirs', 'a', 'b'), { recursive: true });
    await removeFolders(join(folder, 'theirs', 'a', 'b'), join(folder, 'theirs', 'a'));
    expect(existsSync(join(folder, 'theirs', 'a'))).toBe(false);
    expect(existsSync(join(folder, 'theirs'))).toBe(true);
  });

  it('stay where something is in them, and so does what is above', async () => {
    await mkdir(join(folder, 'a', 'b'), { recursive: true });
    await writeFile(join(folder, 'a', 'notes'), '');
    await removeFolders(join(folder, 'a', 'b'), join(folder, 'a'));
    expect(existsSync(join(folder, 'a', 'b'))).toBe(false);
    expect(existsSync(join(folder, 'a', 'notes'))).toBe(true);
    await writeFile(join(folder, 'c'), '');
    await removeFolders(join(folder, 'a', 'none'), folder);
    expect(existsSync(join(folder, 'a'))).toBe(true);
  });
});
