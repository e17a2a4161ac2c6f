import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/models/problem.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const configFile = () => owner.stint.settings.current().awsConfigFile;
const config = () => readFile(configFile(), 'utf8').catch(() => '');
const publish = (body: object) => owner.client.request('POST', '/v1/profiles/publish', { body });
const unpublish = (body: object) =>
  owner.client.request('POST', '/v1/profiles/unpublish', { body });
const rename = (from: string, to: string) =>
  owner.client.request('POST', '/v1/profiles/rename', { body: { from, to } });
const profiles = async () => (await owner.client.request('GET', '/v1/profiles')).items;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('It was not refused.'),
    (error: unknown) => error as Problem,
  );

beforeEach(async () => {
  await owner.stint.profiles.unpublish({ all: true });
  for (const { sessionId } of owner.stint.sessions.list()) {
    await owner.stint.sessions.remove(sessionId, { by: 'anna' });
  }
  await mkdir(dirname(configFile()), { recursive: true });
  await writeFile(configFile(), '');
});

let added = 0;

/** A session that is named like its profile; each has another user. */
async function addSession(name: string, fields: Record<string, unknown> = {}): Promise<string> {
  added += 1;
  const { session } = await owner.addUser(`${name}-${added}`);
  const { sessionId } = session;
  const named = { sessionName: name, profileName: name, ...fields };
  await owner.stint.sessions.update(sessionId, {
    edit: (before) => ({ ...before, ...named }),
    by: 'anna',
  });
  return sessionId;
}

describe('profiles', () => {
  it('are listed with their sessions, and what is published', async () => {
    const a = await addSession('a', { delivery: 'credential-process' });
    const b = await addSession('b', { profileName: 'shared' });
    const c = await addSession('c', { profileName: 'shared', region: 'us-east-1' });
    await publish({ profileNames: ['a'] });
    const common = { region: 'eu-west-1', status: 'inactive', delivery: 'credentials-file' };
    expect(await profiles()).toEqual([
      {
        profileName: 'a',
        sessions: [{ ...common, sessionId: a, sessionName: 'a', delivery: 'credential-process' }],
        published: true,
        publishedFor: a,
      },
      {
        profileName: 'shared',
        sessions: [
          { ...common, sessionId: b, sessionName: 'b' },
          { ...common, sessionId: c, sessionName: 'c', region: 'us-east-1' },
        ],
        published: false,
      },
    ]);
  });

  it('are published except those that cannot be, with the reason', async () => {
    await writeFile(configFile(), '[profile own]\nregion = x\n');
    await addSession('a');
    await addSession('own');
    await addSession('b', { profileName: 'shared' });
    await addSession('c', { profileName: 'shared' });
    const before = await config();
    const planned = await publish({ all: true, dryRun: true });
    expect(await config()).toBe(before);
    const done = await publish({ all: true });
    expect(done).toEqual(planned);
    expect(done).toMatchObject({
      file: configFile(),
      published: ['a'],
      changes: [{ profileName: 'a' }],
      skipped: [
        { profileName: 'own', reason: `your own profile is in line 1 of ${configFile()}` },
        { profileName: 'shared', reason: 'sessions b and c share it' },
      ],
    });
    expect(await publish({ all: true })).toMatchObject({ published: ['a'], changes: [] });
    expect(await unpublish({ profileNames: ['a'] })).toMatchObject({ published: [] });
    expect(await config()).toBe(before);
  });

  it('follow their sessions: name, region and removal', async () => {
    const a = await addSession('a');
    await publish({ profileNames: ['a'] });
    await owner.client.request('PATCH', '/v1/sessions/{id}', {
      path: { id: a },
      body: { region: 'us-west-2' },
    });
    await owner.stint.profiles.idle();
    expect(await config()).toContain('region = us-west-2');
    await rename('a', 'b');
    expect(await config()).toMatch(/^\[profile b\]$/m);
    expect(await config()).not.toContain('[profile a]');
    await owner.client.request('DELETE', '/v1/sessions/{id}', { path: { id: a } });
    await owner.stint.profiles.idle();
    expect(await config()).toBe('');
    expect(await profiles()).toEqual([]);
  });

  it('move with the location of the config file', async () => {
    await addSession('a');
    await publish({ all: true });
    const [before, text] = [configFile(), await config()];
    await owner.stint.settings.change({ awsConfigFile: `${before}-moved` });
    expect([await config(), await readFile(before, 'utf8')]).toEqual([text, '']);
    await owner.stint.settings.change({ awsConfigFile: before });
    expect(await config()).toBe(text);
  });
});

describe('published profiles whose session is gone', () => {
  it('are named, and removed by prune', async () => {
    const sessionId = '00000000-0000-4000-8000-000000000009';
    const left = await scratchApi({
      prepare: async (folder) => {
        const file = join(folder, '.aws', 'config');
        const gone = { sessionId, profileName: 'gone', file, region: 'eu-west-1' };
        await mkdir(join(folder, 'stint'), { recursive: true });
        await writeFile(
          join(folder, 'stint', 'published-profiles.json'),
          JSON.stringify({ version: 1, profiles: [gone] }),
        );
      },
    });
    try {
      await left.stint.reconciliation.reconcile();
      await left.stint.profiles.sync();
      const read = () => readFile(left.stint.settings.current().awsConfigFile, 'utf8');
      expect(await read()).toContain('[profile gone]');
      const common = { profileName: 'gone', sessions: [], published: true, sessionGone: true };
      expect(await left.stint.profiles.list()).toEqual([{ ...common, publishedFor: sessionId }]);
      const body = { prune: true };
      const pruned = await left.client.request('POST', '/v1/profiles/publish', { body });
      expect(pruned).toMatchObject({ published: [], changes: [{ profileName: 'gone' }] });
      expect(await left.stint.profiles.list()).toEqual([]);
    } finally {
      await left.close();
    }
  });
});

describe('a profile that is renamed', () => {
  it('keeps the name that a run was delivered under until it ends', async () => {
    const id = await addSession('a', { delivery: 'credential-process' });
    await publish({ all: true });
    await owner.stint.sessions.start(id, { by: 'anna' });
    const { items } = await rename('a', 'b');
    expect(items).toMatchObject([{ sessionId: id, status: 'active', deliveredAs: 'a' }]);
    expect(await config()).toMatch(/^\[profile a\]$/m);
    expect(await config()).toMatch(/^\[profile b\]$/m);
    await owner.stint.sessions.stop(id, { by: 'anna' });
    expect(await config()).not.toMatch(/^\[profile a\]$/m);
    expect(await config()).toMatch(/^\[profile b\]$/m);
  });

  it('is refused a name that others use, that SDKs ignore, or that is the user’s own', async () => {
    await writeFile(configFile(), '[profile own]\n');
    await addSession('a');
    await addSession('b');
    await publish({ profileNames: ['a'] });
    const before = [await config(), await profiles()];
    expect(await refusal(rename('a', 'b'))).toMatchObject({ code: 'already-exists' });
    expect(await refusal(rename('a', 'größe'))).toMatchObject({ code: 'invalid-request' });
    expect(await refusal(rename('a', 'own'))).toMatchObject({ code: 'section-occupied' });
    expect(await refusal(rename('nobody', 'x'))).toMatchObject({ code: 'not-found' });
    expect([await config(), await profiles()]).toEqual(before);
  });
});

describe('a request that is not valid', () => {
  it('publishes nothing', async () => {
    await addSession('a');
    expect(await refusal(publish({}))).toMatchObject({ code: 'invalid-request' });
    expect(await refusal(publish({ profileNames: ['a', 'x'] }))).toMatchObject({
      code: 'not-found',
    });
    expect(await refusal(unpublish({ profileNames: ['a'] }))).toMatchObject({ code: 'not-found' });
    expect(await refusal(unpublish({}))).toMatchObject({ code: 'invalid-request' });
    expect(await config()).toBe('');
  });

  it('is one without the scope', async () => {
    const rights = [
      ['viewer', '/v1/profiles/rename', { from: 'a', to: 'b' }],
      ['operator', '/v1/profiles/publish', { all: true }],
      ['operator', '/v1/profiles/unpublish', { all: true }],
    ] as const;
    for (const [role, path, body] of rights) {
      expect((await owner.askAs({ role }, 'POST', path, body)).status).toBe(403);
    }
    expect((await owner.askAs({ role: 'credentials' }, 'GET', '/v1/profiles')).status).toBe(403);
  });
});
