import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { editFile } from '../../../src/services/delivery/shared/user-file/edit-file.ts';
import {
  credentials,
  problemOf,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const before = '[own]\nkey = 1\n';
const after = `${before}[ours]\nkey = 2\n`;
let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-not-yet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'aws', 'credentials');
});

const edit = (mayAppear: () => Promise<void>, inPlace = false) =>
  editFile({ file, undoFolder: folder, inPlace }, () =>
    Promise.resolve({ pieces: [after], mayAppear: mayAppear() }),
  );
const content = () => readFile(file, 'latin1').catch(() => undefined);

describe.each([
  { what: 'a file that is replaced', inPlace: false, old: before },
  { what: 'a file that is written in place', inPlace: true, old: before },
  { what: 'a file that is made', inPlace: false, old: undefined },
])('$what', ({ inPlace, old }) => {
  beforeEach(async () => {
    if (old === undefined) return;
    await editFile({ file, undoFolder: folder }, () => Promise.resolve(old));
  });

  it('is as before until its new content may appear', async () => {
    const { promise: mayAppear, resolve } = Promise.withResolvers<undefined>();
    const seen: (string | undefined)[] = [];
    const noteWhatIsThere = async () => {
      await mayAppear;
      seen.push(await content());
    };
    const edited = edit(noteWhatIsThere, inPlace);
    // It is only waited for when there is nothing else to do.
    if (!inPlace && old !== undefined) {
      await expect
        .poll(() => readdir(join(folder, 'aws')))
        .toContainEqual(expect.stringMatching(/\.tmp$/));
    }
    expect(await content()).toBe(old);
    resolve(undefined);
    await edited;
    expect(seen).toEqual([old]);
    expect(await content()).toBe(after);
  });

  it('is unchanged where it may not, and nothing is left beside it', async () => {
    const refuse = () => Promise.reject(new Error('no room'));
    await expect(edit(refuse, inPlace)).rejects.toThrow('no room');
    expect(await content()).toBe(old);
    expect(await readdir(join(folder, 'aws')).catch(() => [])).toEqual(
      old === undefined ? [] : ['credentials'],
    );
  });
});

it('a journal that cannot be written leaves the user’s file unchanged', async () => {
  const scratch = await scratchDelivery();
  await scratch.write(before);
  // A link to nowhere is never replaced.
  await scratch.delivery.held();
  await symlink(join(scratch.folder, 'missing', 'x'), scratch.journalFile);
  const problem = await problemOf(
    scratch.delivery.write(target('dev'), credentials(), withoutReplacing),
  );
  expect(problem.code).toBe('file-unwritable');
  expect(await scratch.bytes()).toBe(before);
  await rm(scratch.journalFile);
  await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
  expect(await scratch.bytes()).toContain('[dev]');
});
