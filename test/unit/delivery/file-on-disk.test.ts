import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  credentials,
  problemOf,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const own = '# mine\n[personal]\naws_access_key_id = AKIAOWN\n';
const isRoot = process.getuid?.() === 0;
const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

/** Mounts something until the test ends; false where this machine does not allow it. */
function mount(...args: readonly string[]): boolean {
  if (!isRoot || spawnSync('mount', args).status !== 0) return false;
  onTestFinished(() => {
    spawnSync('umount', ['-l', String(args.at(-1))]);
  });
  return true;
}

describe('the file', () => {
  it('is made for its user alone, and removed with its folder', async () => {
    const scratch = await scratchDelivery();
    const folder = join(scratch.folder, '.aws');
    const file = join(folder, 'credentials');
    const { delivery } = await scratchDelivery({ file });
    await delivery.write(target('dev'), credentials(), withoutReplacing);
    expect(await modeOf(file)).toBe('600');
    expect(await modeOf(folder)).toBe('700');
    expect(await delivery.remove(target('dev'))).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('that was there before stays, even empty, and so does its folder', async () => {
    const scratch = await scratchDelivery();
    await scratch.write('');
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    await scratch.delivery.remove(target('dev'));
    expect(await scratch.bytes()).toBe('');
  });

  it('keeps its mode', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    await chmod(scratch.file, 0o400);
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    expect(await modeOf(scratch.file)).toBe('400');
    await scratch.delivery.remove(target('dev'));
    expect(await modeOf(scratch.file)).toBe('400');
    expect(await scratch.bytes()).toBe(own);
  });

  it.runIf(isRoot)('keeps its owner', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    await chown(scratch.file, 12_345, 12_345);
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    expect((await stat(scratch.file)).uid).toBe(12_345);
  });

  it('behind links is written through them, and the links stay', async () => {
    const scratch = await scratchDelivery();
    await mkdir(join(scratch.folder, 'dotfiles'));
    const real = join(scratch.folder, 'dotfiles', 'aws');
    await writeFile(real, own);
    await symlink('dotfiles/aws', join(scratch.folder, 'hop'));
    await symlink(join(scratch.folder, 'hop'), scratch.file);
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    expect(await readFile(real, 'utf8')).toContain('[dev]');
    expect((await lstat(scratch.file)).isSymbolicLink()).toBe(true);
    expect(await readlink(join(scratch.folder, 'hop'))).toBe('dotfiles/aws');
    await scratch.delivery.remove(target('dev'));
    expect(await readFile(real, 'utf8')).toBe(own);
  });

  it('that a link points to is made there if it is missing, and removed again', async () => {
    const scratch = await scratchDelivery();
    await symlink('elsewhere', scratch.file);
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    expect(await readFile(join(scratch.folder, 'elsewhere'), 'utf8')).toContain('[dev]');
    await scratch.delivery.remove(target('dev'));
    expect(existsSync(join(scratch.folder, 'elsewhere'))).toBe(false);
    expect((await lstat(scratch.file)).isSymbolicLink()).toBe(true);
  });

  it.runIf(isRoot)(
    'that is a mount, and so cannot be replaced, is written in place',
    async ({ skip }) => {
      const scratch = await scratchDelivery();
      const real = join(scratch.folder, 'on-the-host');
      await writeFile(real, own);
      await scratch.write('');
      if (!mount('--bind', real, scratch.file)) skip('mounts are not allowed here');
      await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
      expect(await readFile(real, 'utf8')).toContain('[dev]');
      expect(await scratch.delivery.remove(target('dev'))).toEqual([]);
      expect(await readFile(real, 'utf8')).toBe(own);
      const left = (await readdir(scratch.home)).filter((name) => name.startsWith('undo-'));
      expect(left).toEqual([]);
    },
  );

  it.runIf(isRoot)('on a full disk is refused and stays unchanged', async ({ skip }) => {
    const scratch = await scratchDelivery();
    const disk = join(scratch.folder, 'disk');
    await mkdir(disk);
    if (!mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk)) skip('mounts are not allowed here');
    const file = join(disk, 'credentials');
    await writeFile(file, own);
    await writeFile(join(disk, 'ballast'), Buffer.alloc(60 * 1024)).catch(() => undefined);
    const { delivery } = await scratchDelivery({ file });
    const problem = await problemOf(delivery.write(target('dev'), credentials(), withoutReplacing));
    expect(problem.code).toBe('file-unwritable');
    expect(problem.message).toContain(file);
    expect(await readFile(file, 'utf8')).toBe(own);
    expect((await readdir(disk)).sort()).toEqual(['ballast', 'credentials']);
  });

  it.runIf(isRoot)(
    'that became read-only does not prevent a stop: the leftover is named, and removed by the next sweep',
    async ({ skip }) => {
      const scratch = await scratchDelivery();
      const disk = join(scratch.folder, 'disk');
      await mkdir(disk);
      if (!mount('-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk))
        skip('mounts are not allowed here');
      const file = join(disk, 'credentials');
      await writeFile(file, own);
      const there = await scratchDelivery({ file });
      await there.delivery.write(target('dev'), credentials(), withoutReplacing);
      // Stint has the replaced file open for a moment.
      await expect.poll(() => spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
      const leftovers = await there.delivery.remove(target('dev'));
      expect(leftovers).toMatchObject([{ file, profileName: 'dev', what: 'section' }]);
      spawnSync('mount', ['-o', 'remount,rw', disk]);
      expect(await there.restarted().sweep(() => false)).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe(own);
    },
  );
});

describe('a file that cannot be written', () => {
  it.runIf(isRoot)('because it is a read-only mount, is refused before anything else', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    if (!mount('--bind', scratch.file, scratch.file)) return;
    spawnSync('mount', ['-o', 'remount,bind,ro', scratch.file]);
    const problem = await problemOf(scratch.delivery.prepare(target('dev'), withoutReplacing));
    expect(problem.message).toBe(
      `${scratch.file} cannot be written: it is on a read-only file system. It is unchanged.`,
    );
  });

  it('because its folder is a link to nothing, is refused with the name of the link', async () => {
    const scratch = await scratchDelivery();
    const link = join(scratch.folder, '.aws');
    await symlink('/mnt/nowhere/.aws', link);
    const { delivery } = await scratchDelivery({ file: join(link, 'credentials') });
    const problem = await problemOf(delivery.prepare(target('dev'), withoutReplacing));
    expect(problem.message).toContain(
      `${link} is a link to /mnt/nowhere/.aws, which does not exist`,
    );
  });
});

describe('a file that is written in place', () => {
  it('stays the same file, with its mode, through start, renewal and stop', async () => {
    const scratch = await scratchDelivery({ inPlace: true });
    await scratch.write(own);
    await chmod(scratch.file, 0o640);
    const { ino } = await stat(scratch.file);
    await scratch.delivery.write(target('dev'), credentials(1), withoutReplacing);
    await scratch.delivery.write(target('dev'), credentials(2), withoutReplacing);
    expect(await scratch.bytes()).toContain(credentials(2).accessKeyId);
    expect((await stat(scratch.file)).ino).toBe(ino);
    expect(await modeOf(scratch.file)).toBe('640');
    await scratch.delivery.remove(target('dev'));
    expect((await stat(scratch.file)).ino).toBe(ino);
    expect(await modeOf(scratch.file)).toBe('640');
    expect(await scratch.bytes()).toBe(own);
  });

  it('is emptied, not removed, where Stint made it', async () => {
    const scratch = await scratchDelivery({ inPlace: true });
    await scratch.delivery.write(target('dev'), credentials(1), withoutReplacing);
    const { ino } = await stat(scratch.file);
    await scratch.delivery.remove(target('dev'));
    expect(await scratch.bytes()).toBe('');
    await scratch.delivery.write(target('dev'), credentials(2), withoutReplacing);
    expect((await stat(scratch.file)).ino).toBe(ino);
  });
});

describe('a file that cannot be parsed', () => {
  it.each([
    ['a header without an end', '[good]\na = b\n[broken\n', 3],
    ['a setting before the first section', 'a = b\n[good]\n', 1],
    ['UTF-16', Buffer.from('\ufeff[a]\n', 'utf16le').toString('latin1'), 1],
  ])('with %s stays unchanged, and the error names the line', async (_what, text, line) => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    const problem = await problemOf(
      scratch.delivery.write(target('dev'), credentials(), withoutReplacing),
    );
    expect(problem.code).toBe('file-unreadable');
    expect(problem.message).toContain(scratch.file);
    expect(problem.message).toContain(`line ${line}`);
    expect(await scratch.bytes()).toBe(text);
  });
});

describe('other writers', () => {
  it('that write meanwhile lose nothing, and neither does Stint', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    const others = Array.from({ length: 20 }, async (_, at) => {
      await new Promise((resolve) => setTimeout(resolve, at));
      const text = await readFile(scratch.file, 'utf8');
      if (!text.includes('[other]'))
        await writeFile(scratch.file, `${text}\n[other]\nregion = x\n`);
    });
    await Promise.all([
      scratch.delivery.write(target('dev'), credentials(), withoutReplacing),
      ...others,
    ]);
    await scratch.delivery.write(target('dev'), credentials(2), withoutReplacing);
    const text = await scratch.bytes();
    expect(text).toContain('[other]');
    expect(text).toContain('[dev]');
  });

  it('that drop our section are noticed, and it is written again', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    expect(await scratch.delivery.check(target('dev'), credentials())).toBe('intact');
    await scratch.write(own);
    expect(await scratch.delivery.check(target('dev'), credentials())).toBe('missing');
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    expect(await scratch.delivery.check(target('dev'), credentials())).toBe('intact');
  });

  it('that change our section are noticed', async () => {
    const scratch = await scratchDelivery();
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    await scratch.write(String(await scratch.bytes()).replace('eu-west-1', 'us-east-1'));
    expect(await scratch.delivery.check(target('dev'), credentials())).toBe('altered');
  });

  it('that add lines after our section keep them after the stop', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    await scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    await scratch.write(`${String(await scratch.bytes())}\n[added]\nregion = x\n`);
    await scratch.delivery.remove(target('dev'));
    expect(await scratch.bytes()).toContain('[added]\nregion = x\n');
    expect(await scratch.bytes()).not.toContain('ASIA');
  });
});
