import { lstat, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fuzzBriefly } from '../../support/fuzz/fuzz-target.ts';
import { workspaceFiles } from '../../support/fuzz/workspace-files.ts';
import { iamUser, scratchWorkspace, type ScratchWorkspace } from './scratch-workspace.ts';

async function savedFourTimes(scratch: ScratchWorkspace) {
  const session = iamUser();
  const store = await scratch.open();
  for (let revision = 1; revision <= 4; revision += 1) {
    await store.save({ put: [{ ...session, revision }], keepBackup: true });
  }
  return session;
}

describe('backups', () => {
  test('keep the last ten versions, however the clock goes', async () => {
    const scratch = await scratchWorkspace();
    let now = Date.UTC(2026, 0, 1);
    const store = await scratch.open({
      clock: { now: () => (now -= 3_600_000), after: () => () => undefined },
    });
    const session = iamUser();
    for (let revision = 1; revision <= 14; revision += 1) {
      await store.save({ put: [{ ...session, revision }], keepBackup: true });
    }
    const kept = await Promise.all(
      (await scratch.backups()).map((name) => readFile(join(scratch.paths.backups, name), 'utf8')),
    );
    const revisions = kept.map(
      (text) => (JSON.parse(text) as { sessions: { revision: number }[] }).sessions[0]?.revision,
    );
    expect(revisions).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  test('are not made for a change in the state of a run', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    await store.save({ put: [iamUser()], keepBackup: false });
    expect(await scratch.backups()).toEqual([]);
  });
});

/** What every damaged workspace that was set aside holds, sorted. */
async function keptIn(scratch: ScratchWorkspace): Promise<readonly string[]> {
  const asides = await scratch.names('workspace.damaged-');
  const kept = asides.map((name) => readFile(join(scratch.paths.home, name), 'utf8'));
  return (await Promise.all(kept)).sort();
}

describe('a damaged workspace file', () => {
  test('is set aside and the newest good version takes its place', async () => {
    const scratch = await scratchWorkspace();
    const session = await savedFourTimes(scratch);
    const half = (await scratch.text()).slice(0, 100);
    await scratch.write(half);
    const store = await scratch.open();
    expect(store.sessions()).toEqual([{ ...session, revision: 4 }]);
    const [aside] = await scratch.names('workspace.damaged-');
    expect(await readFile(join(scratch.paths.home, aside ?? ''), 'utf8')).toBe(half);
    expect(store.notices()).toEqual([
      expect.stringMatching(/damaged.*workspace\.damaged-.*workspace-000005/),
    ]);
    expect((await scratch.open()).sessions()).toEqual([{ ...session, revision: 4 }]);
  });

  test('loses nothing of the set-up, not even what was added last or alone', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    await (await scratch.open()).save({ put: [session], keepBackup: true });
    // In its place, as an editor or a sync program may write: a backup must not share its bytes.
    await scratch.write('{');
    expect((await scratch.open()).sessions()).toEqual([session]);
  });

  test('skips a backup that is damaged as well', async () => {
    const scratch = await scratchWorkspace();
    const session = await savedFourTimes(scratch);
    const newest = (await scratch.backups()).at(-1) ?? '';
    await scratch.write('');
    await writeFile(join(scratch.paths.backups, newest), 'x');
    expect((await scratch.open()).sessions()).toEqual([{ ...session, revision: 3 }]);
  });

  test('is set aside while Stint runs, too, each with its bytes, though the clock does not move', async () => {
    const scratch = await scratchWorkspace();
    const now = Date.UTC(2026, 0, 1);
    const store = await scratch.open({ clock: { now: () => now, after: () => () => undefined } });
    const session = iamUser();
    for (const [at, damage] of ['{"a', '{"b', '{"b', ''].entries()) {
      const changed = { ...session, revision: at + 1 };
      await scratch.write(damage);
      await store.save({ put: [changed], keepBackup: true });
      expect((await scratch.open()).sessions()).toEqual([changed]);
    }
    expect(await keptIn(scratch)).toEqual(['', '{"a', '{"b']);
  });

  test('is kept although another program writes into it in its place', async () => {
    const scratch = await scratchWorkspace();
    await scratch.write('{"a');
    await scratch.open();
    await scratch.write('{"b');
    await (await scratch.open()).save({ put: [iamUser()], keepBackup: true });
    expect(await keptIn(scratch)).toEqual(['{"a', '{"b']);
  });

  test('is set aside where the home has a link to it, and its backups have their bytes', async () => {
    const scratch = await scratchWorkspace();
    const session = await savedFourTimes(scratch);
    const real = join(scratch.folder, 'synced.json');
    await rename(scratch.paths.workspace, real);
    await symlink(real, scratch.paths.workspace);
    const store = await scratch.open();
    await store.save({ put: [{ ...session, revision: 5 }], keepBackup: false });
    await store.save({ put: [{ ...session, revision: 6 }], keepBackup: true });
    await scratch.write('{"a');
    expect((await scratch.open()).sessions()).toEqual([{ ...session, revision: 6 }]);
    expect(await keptIn(scratch)).toEqual(['{"a']);
    expect((await lstat(scratch.paths.workspace)).isSymbolicLink()).toBe(true);
    const kept = (await scratch.backups()).map((name) => join(scratch.paths.backups, name));
    const backups = await Promise.all(kept.map((file) => readFile(file, 'utf8')));
    expect(new Set(backups).size).toBe(backups.length);
  });

  test('without any good version stays where it is until something is saved, and is kept', async () => {
    const scratch = await scratchWorkspace();
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    await scratch.write(bytes);
    const store = await scratch.open();
    await scratch.open();
    expect(store.sessions()).toEqual([]);
    expect(store.notices()).toHaveLength(1);
    expect(await readFile(scratch.paths.workspace)).toEqual(bytes);

    await store.save({ put: [iamUser()], keepBackup: true });
    expect((await scratch.open()).sessions()).toHaveLength(1);
    const asides = await scratch.names('workspace.damaged-');
    expect(asides).toHaveLength(1);
    expect(await readFile(join(scratch.paths.home, asides[0] ?? ''))).toEqual(bytes);
    const kept = (await scratch.backups()).map((name) => join(scratch.paths.backups, name));
    expect(await Promise.all(kept.map((file) => readFile(file, 'utf8')))).toEqual([
      await scratch.text(),
    ]);
  });

  test.each(['null', '[]', '42', '"x"', '{}', '{"version":"1"}', '{"version":1,"sessions":{}}'])(
    'JSON that is not a workspace (%s) is left alone and named',
    async (text) => {
      const scratch = await scratchWorkspace();
      await scratch.write(text);
      await expect(scratch.open()).rejects.toMatchObject({
        code: 'file-unreadable',
        message: expect.stringContaining(scratch.paths.workspace) as string,
      });
      expect(await scratch.text()).toBe(text);
    },
  );
});

test('whatever the file contains, opening and saving never loses it', async () => {
  await fuzzBriefly(workspaceFiles);
});
