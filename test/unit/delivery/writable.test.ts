import fs from 'node:fs';
import { link, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  requireWritable,
  requireWritableInPlace,
  topmostMissingFolder,
} from '../../../src/services/delivery/shared/user-file/writable.ts';
import { replaceFileCalls, systemError } from '../../support/replaced-file-calls.ts';
import { problemOf } from '../../support/scratch-delivery.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-writable-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'credentials');
});

/** These paths refuse to be written, as the system would say. */
function refuseWrites(refusals: Readonly<Record<string, string>>): void {
  const { access } = fs.promises;
  replaceFileCalls({
    access: async (path, mode) => {
      const code = refusals[String(path)];
      if (code !== undefined) throw systemError(code);
      await access(path, mode);
    },
  });
}

/** The user who asks. */
function askAs(uid: number): void {
  vi.spyOn(process, 'geteuid').mockReturnValue(uid);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
}

const refusal = async (options?: { inPlace?: boolean }) => {
  const { code, details } = await problemOf(requireWritable(file, file, options));
  return { code, detail: details.detail, next: details.next };
};

describe('a file that is not there', () => {
  it('can be written where its folder can, or can be made', async () => {
    await requireWritable(file, file);
    await requireWritable(file, file, { inPlace: true });
    const deep = join(folder, 'a', 'b', 'credentials');
    await requireWritable(deep, deep);
  });

  it('cannot be written where its folder, or the one that this is made in, cannot', async () => {
    refuseWrites({ [folder]: 'EACCES' });
    expect(await refusal()).toMatchObject({
      code: 'file-unwritable',
      detail: expect.stringContaining(`${file} cannot be written: EACCES`) as string,
    });
    const deep = join(folder, 'a', 'b', 'credentials');
    const problem = await problemOf(requireWritable(deep, deep));
    expect(problem.message).toContain(`${deep} cannot be written: EACCES`);
  });
});

describe.skipIf(process.platform === 'win32')('a file that is there', () => {
  beforeEach(async () => {
    await writeFile(file, 'own');
  });

  it('can be written where its folder takes a new one, whatever its own mode is', async () => {
    refuseWrites({ [file]: 'EACCES' });
    await requireWritable(file, file);
  });

  it('can be written where it can be written itself, though its folder takes no new one', async () => {
    refuseWrites({ [folder]: 'EACCES' });
    await requireWritable(file, file);
  });

  it('cannot be written where neither can', async () => {
    refuseWrites({ [folder]: 'EACCES', [file]: 'EPERM' });
    expect((await refusal()).detail).toContain(`${file} cannot be written: EACCES`);
  });

  it('cannot be written where it is a read-only mount', async () => {
    refuseWrites({ [file]: 'EROFS' });
    const wanted = {
      code: 'file-unwritable',
      detail: `${file} cannot be written: it is on a read-only file system. It is unchanged.`,
      next: 'Mount it writable, or choose another location in the settings.',
    };
    expect(await refusal()).toEqual(wanted);
    expect(await refusal({ inPlace: true })).toEqual(wanted);
  });
});

describe.skipIf(process.platform === 'win32')('a file that is only written in place', () => {
  beforeEach(async () => {
    await writeFile(file, 'own');
  });

  it('can be written whatever its folder allows', async () => {
    refuseWrites({ [folder]: 'EACCES' });
    await requireWritable(file, file, { inPlace: true });
    await requireWritableInPlace(file, file);
  });

  it('whose mode forbids it is to be made writable', async () => {
    refuseWrites({ [file]: 'EACCES' });
    askAs((await stat(file)).uid);
    expect(await refusal({ inPlace: true })).toEqual({
      code: 'file-unwritable',
      detail: `${file} cannot be written: its mode forbids it. It is unchanged.`,
      next: `Make it writable: chmod u+w ${file}`,
    });
  });

  it.each([
    [0, 'root'],
    [4321, 'user 4321'],
  ])('of user %i is to be given to the user', async (uid, owner) => {
    refuseWrites({ [file]: 'EACCES' });
    askAs(1234);
    replaceOwner(uid);
    expect(await refusal()).toEqual({
      code: 'file-unwritable',
      detail: `${file} cannot be written: it belongs to ${owner}. It is unchanged.`,
      next: `Make it yours: sudo chown 1234 ${file}`,
    });
  });

  it('since it has another name is refused where it cannot be written', async () => {
    await requireWritable(file, file);
    await link(file, join(folder, 'other-name'));
    refuseWrites({ [file]: 'EACCES' });
    askAs((await stat(file)).uid);
    expect((await refusal()).detail).toContain('its mode forbids it');
  });
});

/** The file belongs to this user, as the system says. */
function replaceOwner(uid: number): void {
  const { stat: original } = fs.promises;
  replaceFileCalls({
    stat: (async (path: string, options?: { bigint?: boolean }) => {
      const stats = await original(path, options);
      if (path !== file) return stats;
      return Object.assign(stats, { uid: options?.bigint === true ? BigInt(uid) : uid });
    }) as typeof original,
  });
}

describe('the topmost folder that would be made for a file', () => {
  it('is none where its folder is there', async () => {
    expect(await topmostMissingFolder(file)).toBeUndefined();
  });

  it('is the one in the nearest folder that is there', async () => {
    expect(await topmostMissingFolder(join(folder, 'a', 'b', 'c', 'credentials'))).toBe(
      join(folder, 'a'),
    );
    expect(await topmostMissingFolder(join(parse(folder).root, 'stint-none', 'credentials'))).toBe(
      join(parse(folder).root, 'stint-none'),
    );
  });
});
