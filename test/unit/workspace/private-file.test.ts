import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  readStamped,
  replaceFile,
  sameStamp,
  stampOf,
} from '../../../src/services/files/private-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-file-'));
  file = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('replacing a file', () => {
  test('leaves it readable for its user alone, whatever it was and whatever the umask', async () => {
    await writeFile(file, 'old');
    await chmod(file, 0o644);
    const umask = process.umask(0o777);
    try {
      await replaceFile(file, 'new');
    } finally {
      process.umask(umask);
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('tells which file it put there', async () => {
    const stamp = await replaceFile(file, 'new');
    expect(sameStamp(stamp, await stampOf(file))).toBe(true);
    expect(sameStamp(stamp, (await readStamped(file))?.stamp)).toBe(true);
    await writeFile(file, 'newer');
    expect(sameStamp(stamp, await stampOf(file))).toBe(false);
  });

  test('is given up if the file is not the one that was read', async () => {
    const stamp = await replaceFile(file, 'one');
    await writeFile(file, 'of somebody else');
    expect(await replaceFile(file, 'two', { from: stamp })).toBeUndefined();
    expect(await readFile(file, 'utf8')).toBe('of somebody else');
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('is given up where a file appeared that was not there', async () => {
    await writeFile(file, 'of somebody else');
    expect(await replaceFile(file, 'two', { from: undefined })).toBeUndefined();
    await rm(file);
    expect(await replaceFile(file, 'two', { from: undefined })).toBeDefined();
  });
});

test('a file that is not there is an answer, one that cannot be looked at is a problem', async () => {
  expect(await stampOf(file)).toBeUndefined();
  expect(await readStamped(file)).toBeUndefined();
  await writeFile(file, '');
  await expect(stampOf(join(file, 'below'))).rejects.toMatchObject({ code: 'file-unreadable' });
  await expect(readStamped(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
});
