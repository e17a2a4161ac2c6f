import { randomBytes } from 'node:crypto';
import {
  chmod,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

  test('writes all of it where the system takes a part at a time', async () => {
    const handle = await open(join(folder, 'other'), 'w');
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const write = Reflect.get(prototype, 'write') as (bytes: Uint8Array) => Promise<unknown>;
    const parts = vi.spyOn(prototype, 'write').mockImplementation(function (
      this: FileHandle,
      bytes: unknown,
    ) {
      return write.call(this, (bytes as Uint8Array).subarray(0, 400_000)) as never;
    });
    const content = randomBytes(1_000_000);
    try {
      await replaceFile(file, content);
      expect(parts).toHaveBeenCalledTimes(3);
    } finally {
      parts.mockRestore();
    }
    expect((await readFile(file)).equals(content)).toBe(true);
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
