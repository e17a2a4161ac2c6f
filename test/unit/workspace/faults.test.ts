import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { prepareHome } from '../../../src/services/home.ts';
import { iamUser, scratchWorkspace } from './scratch-workspace.ts';

const endlessSaves = fileURLToPath(new URL('./endless-saves.ts', import.meta.url));

describe('a workspace writer that is killed', () => {
  test('leaves a workspace that loads, with everything it said was saved', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    await (await scratch.open()).save({ put: [session], keepBackup: true });
    let saved = 1;
    for (let round = 0; round < 12; round += 1) {
      const child = spawn(process.execPath, [endlessSaves, scratch.paths.home], {
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
        'workspace.json',
      ]);
    }
    expect(saved).toBeGreaterThan(12);
  });
});

describe('a disk that is full', () => {
  test('leaves file and memory as they were, and says what to do', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    await store.save({ put: [iamUser({ sessionName: 'old' })], keepBackup: true });
    const before = await scratch.text();

    // A process that may write no file of more than 4 KiB meets a short write, then an error.
    const program = `
      import { systemClock } from './src/services/clock/clock.ts';
      import { homePaths } from './src/services/home.ts';
      import { openWorkspace } from './src/services/workspace/workspace-store.ts';
      import { defaultSettings, iamUser } from './test/unit/workspace/scratch-workspace-values.ts';
      const store = await openWorkspace({
        paths: homePaths(process.argv[1]), defaultSettings, environmentWins: false, clock: systemClock,
      });
      const many = Array.from({ length: 100 }, () => iamUser());
      const failure = await store.save({ put: many, keepBackup: true }).catch((error) => error);
      console.log(JSON.stringify({
        code: failure?.code, next: failure?.details?.next, inMemory: store.sessions().length,
      }));`;
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        'ulimit -f 4 && exec "$0" --input-type=module-typescript -e "$1" "$2"',
        process.execPath,
        program,
        scratch.paths.home,
      ],
      { encoding: 'utf8', cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
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

describe('a home folder that became read-only', () => {
  test.skipIf(process.getuid?.() === 0)('still loads, and a save says so', async () => {
    const scratch = await scratchWorkspace();
    await scratch.open();
    const before = await readFile(scratch.paths.workspace, 'utf8');
    await chmod(scratch.paths.home, 0o500);
    try {
      const store = await scratch.open();
      await expect(store.save({ put: [iamUser()], keepBackup: false })).rejects.toMatchObject({
        code: 'file-unwritable',
      });
      expect(store.sessions()).toEqual([]);
      expect(await readFile(scratch.paths.workspace, 'utf8')).toBe(before);
    } finally {
      await chmod(scratch.paths.home, 0o700);
    }
  });
});
