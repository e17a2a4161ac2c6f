import fs, { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  repairInterrupted,
  writeInPlace,
} from '../../../src/services/delivery/shared/user-file/in-place.ts';
import { failReads } from '../../support/failing-reads.ts';
import { openFilesIn } from '../../support/open-files.ts';
import { replaceFileCalls, systemError } from '../../support/replaced-file-calls.ts';

let folder = '';
let undoFolder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-in-place-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  undoFolder = join(folder, 'home');
  await mkdir(undoFolder);
  path = join(folder, 'credentials');
});

const content = () => readFile(path, 'latin1');
const undoFiles = () => readdir(undoFolder);

const write = (before: string, after: string) =>
  writeInPlace({ path, undoFolder }, Buffer.from(before), Buffer.from(after));

/** Before each write into the file, from now on; what it throws the write throws. */
function beforeWrites(act: (position: number) => Promise<void> | void): () => void {
  const { open } = fs.promises;
  return replaceFileCalls({
    open: async (name, ...rest) => {
      const handle = await open(name, ...rest);
      if (name !== path) return handle;
      const original = handle.write.bind(handle) as (
        ...args: readonly unknown[]
      ) => Promise<unknown>;
      const written = async (bytes: Buffer, offset: number, length: number, position: number) => {
        await act(position);
        return await original(bytes, offset, length, position);
      };
      return Object.assign(handle, { write: written });
    },
  });
}

describe('a write into a file that is not replaced', () => {
  it.each([
    ['longer', 'old', 'new and longer'],
    ['shorter', 'old and longer', 'new'],
    ['of the same length', 'old', 'new'],
    ['empty', 'old', ''],
  ])('makes it %s, and leaves nothing beside it', async (_, before, after) => {
    await writeFile(path, before);
    const { ino } = await stat(path);
    expect(await write(before, after)).toBe(true);
    expect(await content()).toBe(after);
    expect((await stat(path)).ino).toBe(ino);
    expect(await undoFiles()).toEqual([]);
  });

  it('does nothing where another program wrote before', async () => {
    await writeFile(path, 'theirs');
    expect(await write('old', 'new')).toBe(false);
    expect(await content()).toBe('theirs');
    expect(await undoFiles()).toEqual([]);
  });

  it('that the disk has no room for shows before anything of the file is overwritten', async () => {
    await writeFile(path, 'old');
    const seen: string[] = [];
    beforeWrites((position) => {
      seen.push(readFileSync(path, 'latin1'));
      if (position >= 3) throw systemError('ENOSPC');
    });
    await expect(write('old', 'new and longer')).rejects.toThrow('ENOSPC');
    expect(seen[0]).toBe('old');
    expect(await content()).toBe('old');
    expect(await undoFiles()).toEqual([]);
  });

  it('is undone where it fails on the way', async () => {
    await writeFile(path, 'old');
    let writes = 0;
    beforeWrites(() => {
      writes += 1;
      if (writes === 2) throw systemError('EIO');
    });
    await expect(write('old', 'new and longer')).rejects.toThrow('EIO');
    expect(await content()).toBe('old');
    expect(await undoFiles()).toEqual([]);
  });

  it('is undone later where the disk takes nothing any more', async () => {
    await writeFile(path, 'old');
    let writes = 0;
    const repairDisk = beforeWrites(() => {
      writes += 1;
      if (writes > 1) throw systemError('EIO');
    });
    await expect(write('old', 'new and longer')).rejects.toThrow('EIO');
    expect(await content()).not.toBe('old');
    repairDisk();
    expect(await repairInterrupted(undoFolder)).toEqual([]);
    expect(await content()).toBe('old');
    expect(await undoFiles()).toEqual([]);
  });

  it('is not taken for an interrupted one while it is under way', async () => {
    await writeFile(path, 'old');
    const restore = beforeWrites(async () => {
      const [undo = ''] = await undoFiles();
      expect(await repairInterrupted(undoFolder)).toEqual([]);
      expect(existsSync(join(undoFolder, undo))).toBe(true);
    });
    expect(await write('old', 'new and longer')).toBe(true);
    restore();
    expect(await content()).toBe('new and longer');
  });

  it.runIf(process.platform === 'linux')('leaves no file open', async () => {
    await writeFile(path, 'old');
    await write('old', 'new');
    await write('old', 'new');
    expect(await openFilesIn(folder)).toEqual([]);
  });
});

describe('an interrupted write', () => {
  const undo = () => join(undoFolder, `undo-${'0'.repeat(16)}.json`);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const recordUndo = (before: string, after: string) =>
    writeFile(undo(), JSON.stringify({ path, before: base64(before), after: base64(after) }));

  it.each([
    ['the end of the new text behind the old one', 'old', 'new and longer', 'old and longer'],
    ['the new text before the end of the old one', 'old and longer', 'new', 'new and longer'],
    ['a part of the new text', 'aaaa', 'bbbb', 'bbaa'],
    ['zeros where it had grown', 'old', 'new and longer', 'old\0\0\0\0'],
    ['zeros to its full length', 'old', 'new text', 'old\0\0\0\0\0'],
  ])('that left %s is undone', async (_, before, after, now) => {
    await recordUndo(before, after);
    await writeFile(path, now);
    expect(await repairInterrupted(undoFolder)).toEqual([]);
    expect(await content()).toBe(before);
    expect(await undoFiles()).toEqual([]);
    if (process.platform === 'linux') expect(await openFilesIn(folder)).toEqual([]);
  });

  it.each([
    ['all of the old text', 'old', 'new and longer', 'old'],
    ['all of the new text', 'old', 'new and longer', 'new and longer'],
    ['another text of that length', 'old', 'new', 'odd'],
    ['another text that begins like the new one', 'old', 'new and longer', 'new text'],
    ['a text shorter than both', 'old text', 'new text', 'old'],
    ['a text longer than both', 'old', 'new', 'new\0\0'],
  ])('is not undone where the file has %s', async (_, before, after, now) => {
    await recordUndo(before, after);
    await writeFile(path, now);
    await utimes(path, 1, 1);
    expect(await repairInterrupted(undoFolder)).toEqual([]);
    expect(await content()).toBe(now);
    expect((await stat(path)).mtimeMs).toBe(1000);
    expect(await undoFiles()).toEqual([]);
  });

  it('of a file that is gone makes none', async () => {
    await recordUndo('old', 'new');
    expect(await repairInterrupted(undoFolder)).toEqual([]);
    expect(existsSync(path)).toBe(false);
    expect(await undoFiles()).toEqual([]);
  });

  it('is named with its file while that cannot be opened, and undone after', async () => {
    await recordUndo('old', 'new text');
    await writeFile(path, 'old text');
    const mayOpen = failReads(path, 'EACCES');
    expect(await repairInterrupted(undoFolder)).toMatchObject([
      { undoFile: undo(), path, problem: { code: 'file-unwritable' } },
    ]);
    mayOpen();
    expect(await content()).toBe('old text');
    expect(await repairInterrupted(undoFolder)).toEqual([]);
    expect(await content()).toBe('old');
  });

  it('is named without its file while its record cannot be read', async () => {
    await recordUndo('old', 'new');
    failReads(undo(), 'EACCES');
    const [unrepaired, ...more] = await repairInterrupted(undoFolder);
    expect(unrepaired?.problem.code).toBe('file-unreadable');
    expect(Object.keys(unrepaired ?? {}).sort()).toEqual(['problem', 'undoFile']);
    expect(more).toEqual([]);
  });

  it('is looked for among other files, and in a folder that is not there', async () => {
    const other = join(undoFolder, 'undo-notes.json');
    await writeFile(other, '{}');
    expect(await repairInterrupted(undoFolder)).toEqual([]);
    expect(await undoFiles()).toEqual(['undo-notes.json']);
    expect(await repairInterrupted(join(folder, 'no-such-folder'))).toEqual([]);
  });
});
