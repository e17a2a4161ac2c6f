import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readFile, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src/services/clock/clock.ts';
import {
  azureCredentials,
  azureScratch,
  azureScratchIn,
  azureTarget,
  foreignSubscription,
  foreignTables,
  pythonCache,
  pythonProfile,
  withoutReplacing,
} from '../../support/scratch-azure.ts';
import { problemOf } from '../../support/scratch-delivery.ts';

const isRoot = process.getuid?.() === 0;
const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

/** A small disk until the test ends; false where this machine does not allow mounts. */
function mountDisk(folder: string, size: string): boolean {
  if (!isRoot) return false;
  const args = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder];
  if (spawnSync('mount', args).status !== 0) return false;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return true;
}

describe('the files of the Azure CLI', () => {
  it('are made for their user alone, and removed with their folder', async () => {
    const scratch = await azureScratch();
    await scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    expect(await modeOf(scratch.folder)).toBe('700');
    expect(await modeOf(scratch.profile.path)).toBe('600');
    expect(await modeOf(scratch.cache.path)).toBe('600');
    expect(await scratch.profile.text()).toMatch(/^\ufeff\{"subscriptions": \[\{"id": /);
    expect(await readFile(scratch.journalFile, 'utf8')).not.toContain('stint-token');
    expect(await scratch.delivery.remove(azureTarget())).toEqual([]);
    expect(existsSync(scratch.folder)).toBe(false);
  });

  it('keep their modes and the links to them', async () => {
    const scratch = await azureScratch();
    const real = join(scratch.home, 'dotfiles.json');
    await writeFile(real, pythonProfile(foreignSubscription(7)));
    await mkdir(scratch.folder);
    await symlink(real, scratch.profile.path);
    await scratch.cache.write(pythonCache(foreignTables()));
    await chmod(scratch.cache.path, 0o640);
    await scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    expect(await modeOf(scratch.cache.path)).toBe('640');
    expect((await lstat(scratch.profile.path)).isSymbolicLink()).toBe(true);
    expect(await readFile(real, 'utf8')).toContain('Subscription 1');
    await scratch.delivery.remove(azureTarget());
    expect(await modeOf(scratch.cache.path)).toBe('640');
    expect((await lstat(scratch.profile.path)).isSymbolicLink()).toBe(true);
    expect(await readFile(real, 'utf8')).toBe(pythonProfile(foreignSubscription(7)));
  });

  it('that az added something to stay, without our entries', async () => {
    const scratch = await azureScratch();
    await scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    const { subscriptions } = (await scratch.profile.json()) as { subscriptions: object[] };
    await scratch.profile.write(pythonProfile(...subscriptions, foreignSubscription(8)));
    await scratch.delivery.remove(azureTarget());
    expect(await scratch.profile.text()).toBe(pythonProfile(foreignSubscription(8)));
    expect(existsSync(scratch.cache.path)).toBe(false);
  });

  it.each([
    ['azureProfile.json', '{"subscriptions": [\n{"id": "x",}\n]}', /line 2 .*column 12/],
    ['azureProfile.json', '{"subscriptions": {"id": 1}}', /line 1 has something else/],
    ['msal_token_cache.json', '{\n  "Account": {', /line 2 .*column 15/],
    ['msal_token_cache.json', '[]', /line 1 begins with something else/],
  ])(
    'that cannot be parsed stay unchanged, and the error names them: %s %s',
    async (name, text, words) => {
      const scratch = await azureScratch();
      const file = name === 'azureProfile.json' ? scratch.profile : scratch.cache;
      await file.write(text);
      const problem = await problemOf(
        scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing),
      );
      expect(problem.code).toBe('file-unreadable');
      expect(problem.message).toContain(file.path);
      expect(problem.message).toMatch(words);
      expect(await file.text()).toBe(text);
      expect(existsSync(file === scratch.cache ? scratch.profile.path : scratch.cache.path)).toBe(
        false,
      );
    },
  );

  it.runIf(isRoot)('on a full disk are refused and stay unchanged', async ({ skip }) => {
    const scratch = await azureScratch();
    await mkdir(scratch.folder);
    if (!mountDisk(scratch.folder, '64k')) skip('mounts are not allowed here');
    await scratch.profile.write(pythonProfile(foreignSubscription(7)));
    const ballast = join(scratch.folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(60 * 1024)).catch(() => undefined);
    const work = scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    expect((await problemOf(work)).code).toBe('file-unwritable');
    expect(await scratch.profile.text()).toBe(pythonProfile(foreignSubscription(7)));
    await unlink(ballast);
    expect(await scratch.delivery.sweep(() => false)).toEqual([]);
    expect(existsSync(scratch.cache.path)).toBe(false);
  });

  it.runIf(isRoot)('that became read-only do not prevent a stop', async ({ skip }) => {
    const scratch = await azureScratch();
    await mkdir(scratch.folder);
    if (!mountDisk(scratch.folder, '256k')) skip('mounts are not allowed here');
    await scratch.profile.write(pythonProfile(foreignSubscription(7)));
    const target = azureTarget();
    await scratch.delivery.write(target, azureCredentials(), withoutReplacing);
    spawnSync('mount', ['-o', 'remount,ro', scratch.folder]);
    const { sessionId } = target;
    expect(await scratch.delivery.remove(target)).toMatchObject([
      { sessionId, file: scratch.profile.path, what: 'account' },
      { sessionId, file: scratch.cache.path, what: 'account' },
    ]);
    spawnSync('mount', ['-o', 'remount,rw', scratch.folder]);
    expect(await scratch.restarted().sweep(() => false)).toEqual([]);
    expect(await scratch.profile.text()).toBe(pythonProfile(foreignSubscription(7)));
    expect(existsSync(scratch.cache.path)).toBe(false);
  });

  it('are removed in another folder too, if the session began there', async () => {
    const scratch = await azureScratch();
    await scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    const moved = azureScratchIn(scratch.home, join(scratch.home, 'elsewhere'));
    await moved.delivery.write(azureTarget(), azureCredentials(2), withoutReplacing);
    expect(existsSync(scratch.folder)).toBe(false);
    expect(await moved.delivery.remove(azureTarget())).toEqual([]);
    expect(existsSync(moved.folder)).toBe(false);
  });
});

describe('other writers', () => {
  it('that are in the middle of a write make Stint wait', async () => {
    const scratch = await azureScratch();
    await scratch.profile.write('\ufeff{"subscriptions": [{"id"');
    // For Stint it has just been written, however long a busy machine takes to begin.
    const { mtimeMs } = await stat(scratch.profile.path);
    const now = vi.spyOn(systemClock, 'now').mockReturnValue(Math.ceil(mtimeMs));
    const rest = delay(150).then(async () => {
      await scratch.profile.write(pythonProfile(foreignSubscription(7)));
      now.mockRestore();
    });
    await scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    await rest;
    expect(await scratch.profile.text()).toContain('Foreign 7');
    expect(await scratch.profile.text()).toContain('Subscription 1');
  });

  it('that hold the lock of the token cache make Stint wait, unless they are dead', async () => {
    const scratch = await azureScratch();
    await scratch.cache.write('{}');
    const lockfile = `${scratch.cache.path}.lockfile`;
    await writeFile(lockfile, `${process.pid} az`);
    const freed = delay(300).then(() => unlink(lockfile));
    const began = Date.now();
    await scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing);
    await freed;
    expect(Date.now() - began).toBeGreaterThan(250);
    const dead = spawnSync('true').pid;
    await writeFile(lockfile, `${dead} az`);
    await scratch.delivery.write(azureTarget(), azureCredentials(2), withoutReplacing);
    expect(existsSync(lockfile)).toBe(false);
  });

  it('that change the cache through msal-extensions lose nothing, and neither does Stint', async ({
    skip,
  }) => {
    const scratch = await azureScratch();
    await scratch.cache.write(pythonCache(foreignTables()));
    const script = `
import sys, msal_extensions as e
c = e.PersistedTokenCache(e.FilePersistence(sys.argv[1]))
for n in range(40):
    c.modify('Account', {'home_account_id': 'h%d' % n, 'environment': 'e', 'realm': 'r'}, {'username': 'u%d' % n})
`;
    const python = spawn('/usr/bin/python3', ['-c', script, scratch.cache.path], {
      stdio: 'inherit',
    });
    const ended = once(python, 'exit');
    for (let turn = 0; turn < 40; turn += 1) {
      await scratch.delivery.write(azureTarget(), azureCredentials(turn), withoutReplacing);
      if (turn % 4 === 3) await scratch.delivery.remove(azureTarget());
    }
    const [code] = (await ended) as [number];
    if (code !== 0) skip('python3-msal-extensions is not here');
    await scratch.delivery.write(azureTarget(), azureCredentials(1), withoutReplacing);
    expect(await scratch.delivery.check(azureTarget(), azureCredentials(1))).toBe('intact');
    await scratch.delivery.remove(azureTarget());
    const { Account, ...rest } = (await scratch.cache.json()) as ReturnType<typeof foreignTables>;
    const { Account: hadAccount, ...had } = foreignTables();
    expect(rest).toEqual(had);
    const added = Array.from({ length: 40 }, (_, n) => `h${n}-e-r`);
    expect(Object.keys(Account ?? {})).toEqual([...Object.keys(hadAccount ?? {}), ...added]);
  });

  it('that write back an ended session’s subscription are noticed at the next change', async () => {
    const scratch = await azureScratch();
    await scratch.delivery.write(azureTarget(1), azureCredentials(), withoutReplacing);
    const stale = String(await scratch.profile.text());
    await scratch.delivery.remove(azureTarget(1));
    await scratch.profile.write(stale);
    await scratch.delivery.write(azureTarget(2), azureCredentials(), withoutReplacing);
    expect(await scratch.profile.text()).not.toContain('Subscription 1');
  });
});
