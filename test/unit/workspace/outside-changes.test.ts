import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { defaultSettings, iamUser, scratchWorkspace } from './scratch-workspace.ts';

const at = '2026-11-02T07:00:00.000Z';

/** A store with these sessions, and what writes other ones into its file as another program would. */
async function opened(...sessions: readonly Session[]) {
  const scratch = await scratchWorkspace();
  const store = await scratch.open();
  await store.save({ put: sessions, keepBackup: false });
  const write = (others: readonly object[], settings: object = defaultSettings) =>
    scratch.write(JSON.stringify({ version: 1, sessions: others, settings }));
  return { scratch, store, write };
}

function running(fields: Partial<Session> = {}): Session {
  const run = { id: 'a2c9a3f0-4f39-4ed6-8a3c-3a2ad8f5d3a5', startedAt: at };
  return iamUser({ sessionName: 'mine', ...fields, status: 'active', run } as object);
}

describe('a workspace that somebody else changed', () => {
  test('is read again: added, changed and removed sessions, and settings', async () => {
    const [changed, removed] = [iamUser(), iamUser()] as const;
    const { store, write } = await opened(changed, removed);
    const added = iamUser({ sessionName: 'added' });
    await write([added, { ...changed, labels: ['x'] }], {
      ...defaultSettings,
      defaultRegion: 'eu-north-1',
    });
    expect(await store.refresh()).toBe(true);
    expect(store.sessions()).toEqual([
      added,
      { ...changed, labels: ['x'], revision: changed.revision + 1 },
    ]);
    expect(store.settings().defaultRegion).toBe('eu-north-1');
  });

  test('is read once, and not at all after a save of our own', async () => {
    const session = iamUser();
    const { store, write } = await opened(session);
    expect(await store.refresh()).toBe(false);
    await write([]);
    expect([await store.refresh(), await store.refresh()]).toEqual([true, false]);
    await store.save({ put: [session], keepBackup: false });
    expect(await store.refresh()).toBe(false);
    expect(store.sessions()).toEqual([session]);
  });

  test('is not written by reading it, and the next save keeps the edit', async () => {
    const session = iamUser();
    const { scratch, store, write } = await opened(session);
    await write([{ ...session, region: 'eu-north-1', note: 'by hand' }]);
    const text = await scratch.text();
    await store.refresh();
    expect(await scratch.text()).toBe(text);
    const [read] = store.sessions();
    await store.save({ put: [{ ...(read ?? session), pinned: true }], keepBackup: false });
    expect((await scratch.json()).sessions).toEqual([
      { ...read, region: 'eu-north-1', note: 'by hand', pinned: true },
    ]);
  });
});

describe('a run', () => {
  test('continues with the fields it began with where an older version took the place of the file', async () => {
    const session = running({ labels: ['new'] });
    const { store, write } = await opened(session);
    const { run: _, ...older } = { ...session, status: 'inactive', labels: ['old'] };
    await write([older]);
    await store.refresh();
    expect(store.sessions()).toMatchObject([
      { labels: ['old'], status: 'active', run: session.run, revision: session.revision + 1 },
    ]);
  });

  test('is not lost where its session was removed from the file', async () => {
    const session = running();
    const { store, write } = await opened(session);
    await write([]);
    await store.refresh();
    expect(store.sessions()).toEqual([session]);
  });

  test('is not begun by a file that says so', async () => {
    const { store, write } = await opened();
    const { run: _, ...rest } = running();
    await write([running({ sessionId: rest.sessionId })]);
    await store.refresh();
    expect(store.sessions()).toEqual([{ ...rest, status: 'inactive' }]);
  });

  test('keeps the version in memory while its session is not valid in the file', async () => {
    const session = running();
    const { store, write } = await opened(session);
    await write([{ ...session, region: 'Typing Error' }]);
    expect(await store.refresh()).toBe(false);
    expect(store.sessions()).toEqual([session]);
    expect(store.broken()).toEqual([]);
  });
});

test('another validUntil brings an archived session back', async () => {
  const session = iamUser({ validUntil: at, archivedAt: at });
  const { store, write } = await opened(session);
  const { archivedAt: _, ...rest } = session;
  const validUntil = '2036-11-02T07:00:00.000Z';
  await write([{ ...session, validUntil }]);
  await store.refresh();
  expect(store.sessions()).toEqual([{ ...rest, validUntil, revision: session.revision + 1 }]);
});

describe('a file that cannot be used now', () => {
  test.each([
    ['half of one that is being written', '{ "version": 1, "sess'],
    ['JSON that is not a workspace', '[]'],
    ['a newer version', '{ "version": 99, "sessions": [], "settings": {} }'],
  ])('stays unchanged, and what was read before is shown: %s', async (_what, text) => {
    const session = iamUser();
    const { scratch, store } = await opened(session);
    await scratch.write(text);
    expect(await store.refresh()).toBe(false);
    expect(store.sessions()).toEqual([session]);
    expect(await scratch.text()).toBe(text);
    expect(await scratch.names('workspace.damaged-')).toEqual([]);
  });

  test('nor is one that is gone for a moment', async () => {
    const session = iamUser();
    const { scratch, store } = await opened(session);
    await rm(scratch.paths.workspace);
    expect(await store.refresh()).toBe(false);
    expect(store.sessions()).toEqual([session]);
  });
});

test('a save that begins meanwhile wins, and takes the edit along', async () => {
  const [mine, other] = [iamUser(), iamUser()] as const;
  const { store, write } = await opened(mine);
  await write([{ ...mine, labels: ['x'] }, other]);
  await Promise.all([
    store.refresh(),
    store.save({ put: [{ ...mine, pinned: true }], keepBackup: false }),
  ]);
  expect(store.sessions()).toEqual([{ ...mine, labels: ['x'], pinned: true }, other]);
});
