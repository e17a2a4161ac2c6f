import { readFileSync } from 'node:fs';
import { chmod, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAwsSession } from '../../../src/models/session.ts';
import { defaultSettings, iamUser, scratchWorkspace } from './scratch-workspace.ts';

const newerMinor = readFileSync(
  new URL('../../fixtures/workspaces/from-a-newer-minor.json', import.meta.url),
  'utf8',
);

describe('a first start', () => {
  test('makes a workspace file that only its user can read', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    expect(await scratch.json()).toEqual({ version: 1, sessions: [], settings: defaultSettings });
    expect((await stat(scratch.paths.workspace)).mode & 0o777).toBe(0o600);
    expect(store.notices()).toEqual([]);
  });

  test('tightens a workspace file that others could read', async () => {
    const scratch = await scratchWorkspace();
    await scratch.open();
    await chmod(scratch.paths.workspace, 0o644);
    await scratch.open();
    expect((await stat(scratch.paths.workspace)).mode & 0o777).toBe(0o600);
  });

  test('names earlier versions if the file is gone', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    await store.save({ put: [iamUser()], keepBackup: true });
    await rm(scratch.paths.workspace);
    const again = await scratch.open();
    expect(again.sessions()).toEqual([]);
    expect(again.notices()).toEqual([expect.stringContaining(scratch.paths.backups)]);
  });
});

describe('saving', () => {
  test('what was saved is there after a restart, in the order it was added', async () => {
    const scratch = await scratchWorkspace();
    const [a, b, c] = [iamUser(), iamUser(), iamUser()] as const;
    const store = await scratch.open();
    await store.save({ put: [a, b], keepBackup: true });
    await store.save({ put: [c, { ...a, pinned: true }], keepBackup: true });
    expect(store.sessions()).toEqual([{ ...a, pinned: true }, b, c]);
    expect((await scratch.open()).sessions()).toEqual([{ ...a, pinned: true }, b, c]);
    expect(store.session(b.sessionId)).toEqual(b);
  });

  test('a field that was removed is gone from the file', async () => {
    const scratch = await scratchWorkspace();
    const rest = iamUser({ pinned: true });
    const store = await scratch.open();
    await store.save({ put: [{ ...rest, labels: ['x'] }], keepBackup: true });
    await store.save({ put: [rest], keepBackup: true });
    expect((await scratch.json()).sessions).toEqual([rest]);
  });

  test('a removed session is gone and the others keep their place', async () => {
    const scratch = await scratchWorkspace();
    const [a, b, c] = [iamUser(), iamUser(), iamUser()] as const;
    const store = await scratch.open();
    await store.save({ put: [a, b, c], keepBackup: true });
    await store.save({ remove: [b.sessionId], keepBackup: true });
    expect((await scratch.open()).sessions()).toEqual([a, c]);
  });

  test('saves at the same moment all land', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    const sessions = Array.from({ length: 20 }, (_, i) => iamUser({ sessionName: `s${i}` }));
    await Promise.all(sessions.map((session) => store.save({ put: [session], keepBackup: false })));
    expect((await scratch.open()).sessions()).toEqual(sessions);
  });

  test('the file is text a person can read and edit', async () => {
    const scratch = await scratchWorkspace();
    await (await scratch.open()).save({ put: [iamUser()], keepBackup: true });
    const text = await scratch.text();
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
  });

  test('a symlinked workspace stays a symlink', async () => {
    const scratch = await scratchWorkspace();
    const elsewhere = join(scratch.paths.home, '..', 'dotfiles.json');
    await writeFile(elsewhere, JSON.stringify({ version: 1, sessions: [], settings: {} }));
    await symlink(elsewhere, scratch.paths.workspace);
    const session = iamUser();
    await (await scratch.open()).save({ put: [session], keepBackup: true });
    expect(JSON.parse(await readFile(elsewhere, 'utf8'))).toMatchObject({ sessions: [session] });
  });

  test('a session that is not valid is never written', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    const before = await scratch.text();
    const bad = { ...iamUser(), region: 'NO SUCH' };
    await expect(store.save({ put: [bad], keepBackup: true })).rejects.toThrow('region');
    expect(await scratch.text()).toBe(before);
    expect(store.sessions()).toEqual([]);
  });
});

describe('what this version does not know', () => {
  test('survives at every level when something else is saved', async () => {
    const scratch = await scratchWorkspace();
    await scratch.write(newerMinor);
    const store = await scratch.open();
    const second = store.sessions()[1];
    if (second?.run === undefined) throw new Error('the fixture has a running session');
    const renewed = { ...second, duration: 1234, run: { ...second.run, endsAt: second.createdAt } };
    await store.save({ put: [renewed], keepBackup: false });
    await store.save({
      settings: { ...store.settings(), defaultRegion: 'us-east-2' },
      keepBackup: true,
    });

    const expected = JSON.parse(newerMinor) as {
      sessions: Record<string, unknown>[];
      settings: object;
    };
    const run = expected.sessions[2]?.['run'] as object;
    Object.assign(expected.settings, { defaultRegion: 'us-east-2' });
    Object.assign(run, { endsAt: second.createdAt });
    Object.assign(expected.sessions[2] ?? {}, { duration: 1234 });
    expect(await scratch.json()).toEqual(expected);
  });

  test('survives when a session is put by one who left the unknown keys out', async () => {
    const scratch = await scratchWorkspace();
    await scratch.write(newerMinor);
    const store = await scratch.open();
    const { sessionId } = store.sessions()[0] ?? iamUser();
    await store.save({ put: [iamUser({ sessionId, sessionName: 'renamed' })], keepBackup: true });
    expect((await scratch.json()).sessions[0]).toMatchObject({
      sessionName: 'renamed',
      colour: { hue: 12, name: 'teal' },
    });
  });

  test('a higher version is refused by name and never touched', async () => {
    const scratch = await scratchWorkspace();
    const newer = '{"version":2,"sessions":{"all":"different"}}';
    await scratch.write(newer);
    await expect(scratch.open()).rejects.toMatchObject({
      code: 'workspace-newer',
      message: expect.stringContaining('version 2') as string,
    });
    expect(await scratch.text()).toBe(newer);
  });

  test('a higher version that appears while Stint runs is not overwritten', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open();
    await scratch.write('{"version":2}');
    await expect(store.save({ put: [iamUser()], keepBackup: true })).rejects.toMatchObject({
      code: 'workspace-newer',
    });
    expect(await scratch.text()).toBe('{"version":2}');
    expect(store.sessions()).toEqual([]);
  });
});

describe('one session that cannot be read', () => {
  test('is shown as broken while the others load', async () => {
    const scratch = await scratchWorkspace();
    await scratch.write(newerMinor);
    const store = await scratch.open();
    expect(store.sessions().map(({ sessionName }) => sessionName)).toEqual(['first', 'second']);
    expect(store.broken()).toEqual([
      {
        sessionId: 'not-a-uuid',
        sessionName: 'odd one',
        message: expect.stringContaining('region is required') as string,
      },
    ]);
  });

  test('can be removed by its id', async () => {
    const scratch = await scratchWorkspace();
    await scratch.write(newerMinor);
    const store = await scratch.open();
    await store.save({ remove: ['not-a-uuid'], keepBackup: true });
    expect(store.broken()).toEqual([]);
    expect((await scratch.json()).sessions).toHaveLength(2);
  });

  test('is repaired by putting a good one with its id', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    const raw = { ...session, region: 'NO SUCH', limits: 'none', own: 1 };
    await scratch.write(JSON.stringify({ version: 1, sessions: [raw], settings: {} }));
    const store = await scratch.open();
    await store.save({ put: [session], keepBackup: true });
    expect(store.broken()).toEqual([]);
    expect((await scratch.json()).sessions).toEqual([{ own: 1, ...session }]);
  });

  test('a second session with the same id is broken, the first one counts', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    const twin = { ...session, sessionName: 'twin' };
    await scratch.write(JSON.stringify({ version: 1, sessions: [session, twin], settings: {} }));
    const store = await scratch.open();
    expect(store.sessions()).toEqual([session]);
    expect(store.broken()).toMatchObject([{ sessionName: 'twin' }]);
    await store.save({ put: [{ ...session, pinned: true }], keepBackup: false });
    expect((await scratch.json()).sessions).toEqual([{ ...session, pinned: true }, twin]);
  });
});

describe('a file changed by somebody else while Stint runs', () => {
  test('is read again, and only what Stint changed is changed', async () => {
    const scratch = await scratchWorkspace();
    const [mine, other] = [iamUser({ sessionName: 'mine' }), iamUser({ sessionName: 'other' })];
    const store = await scratch.open();
    await store.save({ put: [mine], keepBackup: true });
    await scratch.write(
      JSON.stringify({
        version: 1,
        note: 'by hand',
        sessions: [other, { ...mine, region: 'eu-north-1' }],
        settings: { ...defaultSettings, defaultRegion: 'eu-north-1' },
      }),
    );
    await store.save({ put: [{ ...mine, status: 'pending' }], keepBackup: false });
    const merged = [other, { ...mine, region: 'eu-north-1', status: 'pending' }];
    expect(await scratch.json()).toMatchObject({ note: 'by hand', sessions: merged });
    expect(store.sessions()).toEqual(merged);
    expect(store.settings().defaultRegion).toBe('eu-north-1');
  });

  test('does not lose a running session that was removed from the file', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    const store = await scratch.open();
    await store.save({ put: [session], keepBackup: true });
    await scratch.write(JSON.stringify({ version: 1, sessions: [], settings: {} }));
    await store.save({ put: [{ ...session, status: 'active' }], keepBackup: false });
    expect(store.sessions()).toEqual([{ ...session, status: 'active' }]);
  });

  test('keeps its own session where the edit made it invalid, and the edit in a backup', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser({ sessionName: 'mine' });
    const store = await scratch.open();
    await store.save({ put: [session], keepBackup: false });
    const edit = JSON.stringify({
      version: 1,
      sessions: [{ ...session, region: 'Typing Error' }],
      settings: {},
    });
    await scratch.write(edit);
    await store.save({ put: [{ ...session, status: 'pending' }], keepBackup: false });
    expect(store.sessions()).toEqual([{ ...session, status: 'pending' }]);
    expect(store.notices()).toEqual([expect.stringContaining('mine')]);
    const [backup] = await scratch.backups();
    expect(await readFile(join(scratch.paths.backups, backup ?? ''), 'utf8')).toBe(edit);
  });

  test('a damaged edit is set aside and what Stint held takes its place', async () => {
    const scratch = await scratchWorkspace();
    const session = iamUser();
    const store = await scratch.open();
    await store.save({ put: [session], keepBackup: true });
    await scratch.write('{ "version": 1, "sess');
    await store.save({ put: [{ ...session, pinned: true }], keepBackup: true });
    expect((await scratch.open()).sessions()).toEqual([{ ...session, pinned: true }]);
    const [aside] = await scratch.names('workspace.damaged-');
    expect(await readFile(join(scratch.paths.home, aside ?? ''), 'utf8')).toBe(
      '{ "version": 1, "sess',
    );
  });
});

test('a session in the store is one of the models', async () => {
  const scratch = await scratchWorkspace();
  await scratch.write(newerMinor);
  const store = await scratch.open();
  expect(store.sessions().map(isAwsSession)).toEqual([true, false]);
});
