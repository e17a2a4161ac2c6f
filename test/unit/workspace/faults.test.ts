import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, readdir, readFile, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { prepareHome, type HomePaths } from '../../../src/services/files/home.ts';
import { iamUser, scratchWorkspace } from './scratch-workspace.ts';
import { bundledProgram } from '../../support/bundled-program.ts';
import { isCampaign, minutes } from '../../support/campaign.ts';

const endlessSaves = fileURLToPath(new URL('./endless-saves.ts', import.meta.url));
const openDamaged = fileURLToPath(new URL('./open-damaged.ts', import.meta.url));
const saveMany = fileURLToPath(new URL('./save-many.ts', import.meta.url));

describe('a workspace writer that is killed', () => {
  const rounds = isCampaign ? 12 : 4;

  test(
    'leaves a workspace that loads, with everything it said was saved',
    async () => {
      const scratch = await scratchWorkspace();
      const program = await bundledProgram(endlessSaves, scratch.folder);
      const session = iamUser();
      await (await scratch.open()).save({ put: [session], keepBackup: true });
      let saved = 1;
      for (let round = 0; round < rounds; round += 1) {
        const child = spawn(process.execPath, [program, scratch.paths.home], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let printed = '';
        child.stdout.on('data', (chunk: Buffer) => {
          printed += chunk.toString();
          // Each round is killed after another number of saves, in the midst of the next one.
          if (printed.split('\n').length > round + 1) child.kill('SIGKILL');
        });
        await once(child, 'close');
        saved = Math.max(saved, ...printed.split('\n').slice(0, -1).map(Number));

        await prepareHome(scratch.paths.home);
        const store = await scratch.open();
        expect(store.notices()).toEqual([]);
        expect(store.broken()).toEqual([]);
        const { revision, ...rest } = store.session(session.sessionId) ?? session;
        expect({ ...rest, revision: 1 }).toEqual(session);
        expect([saved, saved + 1]).toContain(revision);
        saved = revision;
        expect((await readdir(scratch.paths.home)).sort()).toEqual([
          'backups',
          'logs',
          'reserve',
          'workspace.json',
        ]);
      }
      expect(saved).toBeGreaterThan(rounds);
    },
    minutes(2),
  );
});

describe('a disk that is full', () => {
  test('leaves file and memory unchanged, and says what to do', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    await store.save({ put: [iamUser({ sessionName: 'old' })], keepBackup: true });
    const before = await scratch.text();

    // A process that may write no file of more than 4 KiB meets a short write, then an error.
    const program = await bundledProgram(saveMany, scratch.folder);
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 4 && exec "$0" "$1" "$2"', process.execPath, program, scratch.paths.home],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      code: 'file-unwritable',
      next: 'Free some space and try again.',
      inMemory: 1,
    });
    expect(await scratch.text()).toBe(before);
    expect(await scratch.names('.')).toEqual([]);
  });
});

describe('a damaged workspace on a disk that is full', () => {
  test.each(['', 'synced.json'])('is kept as well, also behind a link (%s)', async (linked) => {
    const scratch = await scratchWorkspace();
    await (await scratch.open()).save({ put: [iamUser()], keepBackup: true });
    if (linked !== '') {
      await rename(scratch.paths.workspace, join(scratch.folder, linked));
      await symlink(join(scratch.folder, linked), scratch.paths.workspace);
    }
    const damaged = '{'.repeat(10_000);
    await scratch.write(damaged);
    const program = await bundledProgram(openDamaged, scratch.folder);
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 4 && exec "$0" "$1" "$2"', process.execPath, program, scratch.paths.home],
      { encoding: 'utf8' },
    );
    expect([stderr, stdout]).toEqual(['', '1\n']);
    const [aside] = await scratch.names('workspace.damaged-');
    expect(await readFile(join(scratch.paths.home, aside ?? ''), 'utf8')).toBe(damaged);
    expect((await scratch.open()).sessions()).toHaveLength(1);
  });
});

describe('a home folder that went away', () => {
  test('fails a save, which leaves memory unchanged, and accepts the next one once it is back', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    const store = await scratch.open();
    await store.save({ put: [session], keepBackup: true });
    await rename(scratch.paths.home, `${scratch.paths.home}.away`);
    await expect(
      store.save({ put: [{ ...session, pinned: true }], keepBackup: false }),
    ).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(store.sessions()).toEqual([session]);
    await rename(`${scratch.paths.home}.away`, scratch.paths.home);
    await store.save({ put: [{ ...session, labels: ['x'] }], keepBackup: false });
    expect((await scratch.open()).sessions()).toEqual([{ ...session, labels: ['x'] }]);
  });
});

describe('a home folder that became read-only', () => {
  test('still loads, and a save says so', async () => {
    const scratch = await scratchWorkspace();
    await scratch.open();
    const before = await scratch.text();
    await chmod(scratch.paths.home, 0o500);
    await asPlainUser(scratch.paths, async () => {
      const store = await scratch.open();
      await expect(store.save({ put: [iamUser()], keepBackup: false })).rejects.toMatchObject({
        code: 'file-unwritable',
        details: { next: expect.stringContaining('writable') as string },
      });
      expect(store.sessions()).toEqual([]);
      expect(await scratch.text()).toBe(before);
    });
    await chmod(scratch.paths.home, 0o700);
  });
});

/** Modes do not bind root: there the work is done as a user who owns the scratch folder. */
async function asPlainUser(paths: HomePaths, work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  for (const path of [dirname(paths.home), paths.home, paths.workspace]) {
    await chown(path, 65_534, 65_534);
  }
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}
