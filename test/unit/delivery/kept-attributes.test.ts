import fs from 'node:fs';
import {
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  isOwnWrite,
  noteOwnFile,
  noteOwnWrite,
  setModified,
} from '../../../src/services/delivery/shared/user-file/attributes.ts';
import { editFile } from '../../../src/services/delivery/shared/user-file/edit-file.ts';
import { openFilesIn } from '../../support/open-files.ts';
import { replaceFileCalls, systemError } from '../../support/replaced-file-calls.ts';
import { problemOf } from '../../support/scratch-delivery.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-attributes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'credentials');
  await writeFile(file, 'old', { mode: 0o600 });
  await utimes(file, 1, 1);
});

const isRoot = process.getuid?.() === 0;
const statOf = (path: string) => stat(path, { bigint: true });
const edit = (text = 'new') => editFile({ file, undoFolder: folder }, () => Promise.resolve(text));

/** Whether an edit puts a new file in the place of this one; otherwise it writes into it. */
async function isReplaced(): Promise<boolean> {
  const { ino } = await stat(file);
  await edit();
  expect(await readFile(file, 'utf8')).toBe('new');
  return (await stat(file)).ino !== ino;
}

/** `ls` says this of each file until the test ends. */
async function lsSays(script: string): Promise<void> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'ls'), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, 'ls'), 0o755);
  const { PATH = '' } = process.env;
  process.env['PATH'] = `${bin}${delimiter}${PATH}`;
  onTestFinished(() => {
    process.env['PATH'] = PATH;
  });
}

function onPlatform(platform: NodeJS.Platform): void {
  const { platform: original } = process;
  Object.defineProperty(process, 'platform', { value: platform });
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: original });
  });
}

describe.skipIf(process.platform === 'win32')('a file is written in place', () => {
  it('where it has another name, which keeps the same file', async () => {
    await link(file, join(folder, 'other-name'));
    const { ino } = await stat(file);
    await edit();
    expect((await stat(file)).ino).toBe(ino);
    expect(await readFile(join(folder, 'other-name'), 'utf8')).toBe('new');
  });

  it('where it belongs to another user, since only root can give files away', async () => {
    const { uid } = await stat(file);
    vi.spyOn(process, 'geteuid').mockReturnValue(uid + 1);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    expect(await isReplaced()).toBe(false);
  });

  it('where it has an access control list', async () => {
    await lsSays('echo "-rw-------+ 1 me me 3 Jan  1 00:00 credentials"');
    expect(await isReplaced()).toBe(false);
  });

  it('where it has an access control list on a Mac', async () => {
    await lsSays('[ "$1" = -lde ] && printf -- "-rw-------+ 1 me\\n 0: user:x allow read\\n"');
    onPlatform('darwin');
    expect(await isReplaced()).toBe(false);
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'])(
    'where its folder takes no new file: %s',
    async (code) => {
      const { open } = fs.promises;
      replaceFileCalls({
        open: async (name, ...rest) => {
          if (String(name).endsWith('.tmp') && String(name).includes('.credentials.'))
            throw systemError(code);
          return await open(name, ...rest);
        },
      });
      expect(await isReplaced()).toBe(false);
    },
  );

  it.each(['EACCES', 'EBUSY'])('where no other can take its place: %s', async (code) => {
    const tries = failRenames(code);
    expect(await isReplaced()).toBe(false);
    expect(tries()).toBe(1);
    expect(await readdir(folder)).toEqual(['credentials']);
    if (process.platform === 'linux') expect(await openFilesIn(folder)).toEqual([]);
  });
});

/** The next renames onto the file fail; answers how many did. */
function failRenames(code: string, times = Infinity): () => number {
  const { renameSync } = fs;
  let failed = 0;
  replaceFileCalls(
    {},
    {
      renameSync: (from, to) => {
        if (to === file && failed < times) {
          failed += 1;
          throw systemError(code);
        }
        renameSync(from, to);
      },
    },
  );
  return () => failed;
}

describe('a file is replaced by a new one', () => {
  it('where nothing would be lost', async () => {
    expect(await isReplaced()).toBe(true);
  });

  it('where ls does not say whether it has an access control list', async () => {
    await lsSays('exit 1');
    expect(await isReplaced()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('on a Mac, where it has no such list', async () => {
    await lsSays('[ "$1" = -lde ] && echo "-rw-------  1 me"');
    onPlatform('darwin');
    expect(await isReplaced()).toBe(true);
  });

  it.runIf(isRoot).each([
    ['user', 12_345, 0],
    ['group', 0, 12_345],
  ])('by root with the same %s', async (_, uid, gid) => {
    await chown(file, uid, gid);
    expect(await isReplaced()).toBe(true);
    expect(await stat(file)).toMatchObject({ uid, gid });
  });

  it.runIf(isRoot)('by the user to whom it belongs', async () => {
    await chown(file, 12_345, 12_345);
    vi.spyOn(process, 'geteuid').mockReturnValue(12_345);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    expect(await isReplaced()).toBe(true);
  });

  it.skipIf(process.platform === 'win32').each([0o600, 0o640, 0o444])(
    'with the same mode %i',
    async (mode) => {
      await chmod(file, mode);
      await edit();
      expect((await stat(file)).mode & 0o7777).toBe(mode);
    },
  );

  it('on Windows, once a scanner that holds it lets go', async () => {
    onPlatform('win32');
    failRenames('EPERM', 2);
    expect(await isReplaced()).toBe(true);
    expect(await readdir(folder)).toEqual(['credentials']);
  });
});

describe('a file that cannot be replaced for another reason', () => {
  it.each([
    ['linux', 'EIO'],
    ['win32', 'EIO'],
  ] as const)('stays unchanged on %s, and nothing is left beside it', async (platform, code) => {
    onPlatform(platform);
    failRenames(code);
    const problem = await problemOf(edit());
    expect(problem.code).toBe('file-unwritable');
    expect(problem.message).toContain(`${file} cannot be written: EIO`);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['credentials']);
  });
});

describe('what Stint wrote last', () => {
  it.each([
    ['as a new file', noteOwnFile],
    ['in place', noteOwnWrite],
  ])('%s is known from what others write, and from another file', async (_, note) => {
    expect(isOwnWrite(file, await statOf(file))).toBe(false);
    await note(file);
    expect(isOwnWrite(file, await statOf(file))).toBe(true);
    expect(isOwnWrite(`${file}2`, await statOf(file))).toBe(false);
    // Later than the last change by the clock of the file system, which moves in steps.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(file, 'theirs');
    expect(isOwnWrite(file, await statOf(file))).toBe(false);
  });

  it('stays so where Stint sets its time, in milliseconds', async () => {
    const time = Date.UTC(2026, 11, 1, 0, 0, 0, 500);
    await setModified(file, time);
    expect(await stat(file)).toMatchObject({ mtimeMs: time, atimeMs: time });
    expect(isOwnWrite(file, await statOf(file))).toBe(false);
    await noteOwnFile(file);
    await setModified(file, time + 1000);
    expect((await stat(file)).mtimeMs).toBe(time + 1000);
    expect(isOwnWrite(file, await statOf(file))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('in place is known after an edit', async () => {
    await link(file, join(folder, 'other-name'));
    await edit();
    expect(isOwnWrite(file, await statOf(file))).toBe(true);
  });
});
