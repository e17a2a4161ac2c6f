import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { homePaths, prepareHome, resolveHome } from '../../../src/services/files/home.ts';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'stint-home-'));
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

describe('where Stint keeps its files', () => {
  test('STINT_HOME decides, made absolute', () => {
    expect(resolveHome({ STINT_HOME: 'some/where' })).toBe(resolve('some/where'));
  });

  test.runIf(process.platform === 'linux')(
    'without STINT_HOME it is the config folder of the platform',
    () => {
      const base = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
      expect(resolveHome({})).toBe(join(base, 'stint'));
    },
  );
});

describe('preparing the home folder', () => {
  test('makes it for its user alone', async () => {
    const home = join(scratch, 'deep', 'home');
    expect(await prepareHome(home)).toEqual(homePaths(home));
    expect(await modeOf(home)).toBe('700');
    expect(await modeOf(join(home, 'backups'))).toBe('700');
    expect(await modeOf(join(home, 'logs'))).toBe('700');
  });

  test('tightens a looser folder and keeps what is in it', async () => {
    const home = join(scratch, 'home');
    await mkdir(home);
    await chmod(home, 0o755);
    await writeFile(join(home, 'mine.txt'), 'mine');
    await prepareHome(home);
    expect(await modeOf(home)).toBe('700');
    expect(await readdir(home)).toContain('mine.txt');
  });

  test('refuses a shared folder such as /tmp and leaves its mode alone', async () => {
    const shared = join(scratch, 'shared');
    await mkdir(shared);
    await chmod(shared, 0o1777);
    await expect(prepareHome(shared)).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(await modeOf(shared)).toBe('777');
  });

  test('says so if a file has its name', async () => {
    await writeFile(join(scratch, 'home'), '');
    await expect(prepareHome(join(scratch, 'home'))).rejects.toMatchObject({
      code: 'file-unwritable',
      details: { next: expect.stringContaining('STINT_HOME') as string },
    });
  });

  test('removes half-written files of a killed owner, but not those of a living one', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const home = join(scratch, 'home');
    await mkdir(home);
    await writeFile(join(home, `.token.${dead}.0a1b2c3d.tmp`), 'half');
    await writeFile(join(home, `.token.${process.pid}.0a1b2c3d.tmp`), 'half');
    await prepareHome(home);
    expect((await readdir(home)).sort()).toEqual([
      `.token.${process.pid}.0a1b2c3d.tmp`,
      'backups',
      'logs',
      'reserve',
    ]);
  });
});
