import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOfEveryType } from '../support/sessions.ts';
import { aRunningApi } from '../support/running-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

interface Shown {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly revision: number;
}
const workspace = () =>
  readFile(join(dirname(dirname(owner.credentialsFile)), 'stint', 'workspace.json'), 'utf8');
const create = (body: object) => owner.ask('POST', '/v1/sessions', { body });
const created = async (name: string, more: object = {}): Promise<Shown> =>
  (await (
    await create({ type: 'awsIamUser', sessionName: name, region: 'eu-west-1', ...more })
  ).json()) as Shown;
const list = async (query = '') =>
  (await (await owner.ask('GET', `/v1/sessions${query}`)).json()) as {
    items: Shown[];
    nextCursor?: string;
  };
const names = async (query = '') => (await list(query)).items.map(({ sessionName }) => sessionName);

describe('a new session', () => {
  it('of any type has the seven common fields, always', async () => {
    const parent = await created('parent');
    for (const fields of Object.values(fieldsOfEveryType)) {
      const answer = await create({
        ...fields,
        ...(fields.type === 'awsIamRoleChained' ? { parentSessionId: parent.sessionId } : {}),
      });
      expect(answer.status).toBe(201);
      const session = (await answer.json()) as Record<string, unknown>;
      expect(session).toMatchObject({
        sessionId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        sessionName: fields.sessionName,
        status: 'inactive',
        startDateTime: '',
        duration: expect.any(Number) as number,
        region: fields.region,
        type: fields.type,
      });
      expect(answer.headers.get('location')).toBe(`/v1/sessions/${String(session['sessionId'])}`);
    }
  });

  it('always has labels, pin, limits and delivery, also if none is set', async () => {
    const { awsIamUser, azure } = fieldsOfEveryType;
    const none = { labels: [], pinned: false, limits: {}, deliveryIsDefault: true };
    const aws = await (await create(awsIamUser)).json();
    expect(aws).toMatchObject({ ...none, delivery: 'credentials-file' });
    expect(await (await create(azure)).json()).toMatchObject({ ...none, delivery: 'azure-cli' });
    const own = await create({ ...awsIamUser, delivery: 'endpoint-only', pinned: true });
    const set = { delivery: 'endpoint-only', deliveryIsDefault: false, pinned: true };
    expect(await own.json()).toMatchObject(set);
  });

  it('never shows its secrets', async () => {
    const secrets = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfi',
    };
    const answer = await create({ ...fieldsOfEveryType.awsIamUser, secrets });
    expect(await answer.text()).not.toMatch(/AKIA|wJalr/);
    expect(await workspace()).not.toMatch(/AKIA|wJalr/);
  });

  it.each([
    ['a region that is none', { region: 'x y' }, 'region'],
    ['a token duration beyond AWS’s', { tokenSeconds: 129_601 }, 'tokenSeconds'],
    ['an MFA device that is not an ARN', { mfaSerial: 'my phone' }, 'mfaSerial'],
    ['a field that does not exist', { colour: 'red' }, 'colour'],
    ['limits its readers cannot be counted for', { limits: { maxLeases: 1 } }, 'limits.maxLeases'],
    [
      'an empty secret',
      { secrets: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '' } },
      'secrets.secretAccessKey',
    ],
  ])('with %s is refused by the field’s name, and changes nothing', async (_what, wrong, field) => {
    const before = await workspace().catch(() => '');
    const answer = await create({ ...fieldsOfEveryType.awsIamUser, ...wrong });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    expect(errors.map((error) => error.field)).toContain(field);
    expect(await workspace().catch(() => '')).toBe(before);
  });

  it('may bring its own id, once, and a time to live', async () => {
    const sessionId = '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12';
    const body = { ...fieldsOfEveryType.awsIamUser, sessionId, expires_in: 3600 };
    const answer = await create(body);
    expect(await answer.json()).toMatchObject({
      sessionId,
      validUntil: expect.any(String) as string,
    });
    expect((await create(body)).status).toBe(409);
  });
});

describe('reading and changing', () => {
  it('an unchanged session is 304 by its tag', async () => {
    const { sessionId } = await created('anna');
    const path = `/v1/sessions/${sessionId}`;
    const tag = String((await owner.ask('GET', path)).headers.get('etag'));
    const again = await owner.ask('GET', path, { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
  });

  it('a replacement names the version it replaces: 428 without, 412 for an old one', async () => {
    const { sessionId } = await created('anna', { labels: ['old'] });
    const path = `/v1/sessions/${sessionId}`;
    const tag = String((await owner.ask('GET', path)).headers.get('etag'));
    const body = { ...fieldsOfEveryType.awsIamUser, sessionName: 'anna-2' };
    expect((await owner.ask('PUT', path, { body })).status).toBe(428);
    const replaced = await owner.ask('PUT', path, { body, headers: { 'if-match': tag } });
    expect(replaced.status).toBe(200);
    expect(await replaced.json()).toMatchObject({ labels: [] });
    expect((await owner.ask('PUT', path, { body, headers: { 'if-match': tag } })).status).toBe(412);
    expect((await owner.ask('DELETE', path, { headers: { 'if-match': tag } })).status).toBe(412);
  });

  it('what was read can be sent back unchanged', async () => {
    const { sessionId } = await created('anna');
    const path = `/v1/sessions/${sessionId}`;
    const read = await owner.ask('GET', path);
    const headers = { 'if-match': String(read.headers.get('etag')) };
    const body: unknown = await read.json();
    const replaced = await owner.ask('PUT', path, { body, headers });
    expect(replaced.status).toBe(200);
    expect(await replaced.json()).toEqual(body);
  });

  it('a change of nothing makes no revision and is not in the history', async () => {
    const { sessionId, revision } = await created('anna', { labels: ['a'] });
    const path = `/v1/sessions/${sessionId}`;
    for (const body of [{}, { labels: ['a'] }, { pinned: false }, { limits: {} }]) {
      expect(await (await owner.ask('PATCH', path, { body })).json()).toMatchObject({ revision });
    }
    const { items } = owner.stint.history.list({ session: sessionId, limit: 10 });
    expect(items.map(({ kind }) => kind)).toEqual(['session-created']);
  });

  it('the last limit that is removed leaves none behind', async () => {
    const limits = { maxLeases: 1 };
    const { sessionId } = await created('anna', { delivery: 'endpoint-only', limits });
    const body = { limits: { maxLeases: null } };
    const patched = await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body });
    expect(await patched.json()).toMatchObject({ limits: {} });
    expect(await workspace()).not.toContain('"limits"');
  });

  it('the tag of a session with the default delivery changes with the setting', async () => {
    const { sessionId } = await created('anna');
    const path = `/v1/sessions/${sessionId}`;
    const tag = String((await owner.ask('GET', path)).headers.get('etag'));
    await owner.stint.settings.change({ defaultDelivery: 'endpoint-only' });
    const again = await owner.ask('GET', path, { headers: { 'if-none-match': tag } });
    expect(await again.json()).toMatchObject({ delivery: 'endpoint-only' });
    const body = { labels: ['a'] };
    const patched = await owner.ask('PATCH', path, { body, headers: { 'if-match': tag } });
    expect(patched.status).toBe(200);
  });

  it('a patch is a JSON merge patch: null removes, what is not named stays', async () => {
    const { sessionId } = await created('anna', { labels: ['a'], environment: 'staging' });
    const patched = await owner.ask('PATCH', `/v1/sessions/${sessionId}`, {
      body: { environment: null, region: 'us-east-1' },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    const session = (await patched.json()) as Record<string, unknown>;
    expect(session).toMatchObject({ labels: ['a'], region: 'us-east-1' });
    expect(session).not.toHaveProperty('environment');
    const wrong = await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body: { region: '?' } });
    expect(wrong.status).toBe(422);
  });

  it('a command that Stint runs is set by the owner alone', async () => {
    const { sessionId } = await created('anna');
    const body = { mfaCommand: ['rm', '-rf', '/'] };
    const path = `/v1/sessions/${sessionId}`;
    expect((await owner.askAs({ role: 'window' }, 'PATCH', path, body)).status).toBe(403);
    expect((await owner.askAs({ role: 'operator' }, 'PATCH', path, body)).status).toBe(403);
    expect((await owner.ask('PATCH', path, { body })).status).toBe(200);
  });

  it('a session that others depend on takes them along when it goes', async () => {
    const parent = await created('parent');
    const child = (await (
      await create({ ...fieldsOfEveryType.awsIamRoleChained, parentSessionId: parent.sessionId })
    ).json()) as Shown;
    expect((await owner.ask('DELETE', `/v1/sessions/${parent.sessionId}`)).status).toBe(204);
    expect((await owner.ask('GET', `/v1/sessions/${parent.sessionId}`)).status).toBe(404);
    expect((await owner.ask('GET', `/v1/sessions/${child.sessionId}`)).status).toBe(200);
  });
});

describe('the list', () => {
  it('is filtered by text, type, label and status', async () => {
    await created('alpha', { labels: ['team'] });
    const beta = await created('beta', { region: 'us-east-1' });
    await create(fieldsOfEveryType.azure);
    expect(await names('?q=us-east')).toEqual([beta.sessionName]);
    expect(await names('?type=azure')).toEqual(['data-lab']);
    expect(await names('?label=team')).toEqual(['alpha']);
    expect(await names('?active=true')).toEqual([]);
  });

  it('is filtered by each field that it shows', async () => {
    const parent = await created('alpha', { environment: 'prod', pinned: true });
    const chained = fieldsOfEveryType.awsIamRoleChained;
    await create({ ...chained, parentSessionId: parent.sessionId, sessionName: 'role' });
    const sso = { ...fieldsOfEveryType.awsSsoRole, sessionName: 'sso', profileName: 'of-sso' };
    await create(sso);
    const azure = fieldsOfEveryType.azure;
    await create({ ...azure, sessionName: 'cloud' });
    expect(await names('?environment=PROD')).toEqual(['alpha']);
    expect(await names('?pinned=true')).toEqual(['alpha']);
    expect(await names('?pinned=false&sort=sessionName')).toEqual(['cloud', 'role', 'sso']);
    expect(await names('?status=active')).toEqual([]);
    expect(await names('?status=inactive&type=azure')).toEqual(['cloud']);
    expect(await names(`?region=${azure.region}`)).toEqual(['cloud']);
    expect(await names(`?account=${sso.accountId}&type=awsSsoRole`)).toEqual(['sso']);
    expect(await names(`?account=${encodeURIComponent(sso.accountName)}`)).toEqual(['sso']);
    expect(await names(`?account=${azure.subscriptionId}`)).toEqual(['cloud']);
    expect(await names('?profile=of-sso')).toEqual(['sso']);
    expect(await names(`?integration=${sso.integrationId}&type=awsSsoRole`)).toEqual(['sso']);
    expect(await names(`?parent=${parent.sessionId}`)).toEqual(['role']);
  });

  it('runs active first, then the newest start; or as sort says', async () => {
    const { session: old } = await owner.addUser('old');
    const { session: young } = await owner.addUser('young');
    await created('never');
    await owner.ask('POST', `/v1/sessions/${old.sessionId}/start`);
    await owner.pass(60);
    await owner.ask('POST', `/v1/sessions/${young.sessionId}/start`);
    expect(await names()).toEqual(['young', 'old', 'never']);
    await owner.ask('POST', `/v1/sessions/${young.sessionId}/stop`);
    expect(await names()).toEqual(['old', 'young', 'never']);
    expect(await names('?sort=-startDateTime')).toEqual(['young', 'old', 'never']);
    expect(await names('?sort=startDateTime')).toEqual(['old', 'young', 'never']);
    expect(await names('?sort=sessionName')).toEqual(['never', 'old', 'young']);
    await owner.ask('POST', `/v1/sessions/${old.sessionId}/stop`);
    await owner.ask('POST', `/v1/sessions/${old.sessionId}/start`);
    await owner.ask('POST', `/v1/sessions/${young.sessionId}/start`);
    await owner.ask('POST', `/v1/sessions/${young.sessionId}/stop`);
    await owner.ask('POST', `/v1/sessions/${young.sessionId}/start`);
    expect(await names('?sort=-starts')).toEqual(['young', 'old', 'never']);
    const first = await list('?sort=starts&limit=1');
    const next = await list(
      `?sort=starts&limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`,
    );
    expect(first.items.map(({ sessionName }) => sessionName)).toEqual(['never']);
    expect(next.items.map(({ sessionName }) => sessionName)).toEqual(['old', 'young']);
  });

  it('says that a type cannot change, and nothing of the fields of the other one', async () => {
    const { sessionId } = await created('typed');
    const answer = await owner.ask('PATCH', `/v1/sessions/${sessionId}`, {
      body: { type: 'azure' },
    });
    const { errors } = (await answer.json()) as { readonly errors: readonly object[] };
    expect([answer.status, errors]).toEqual([
      422,
      [
        expect.objectContaining({
          field: 'type',
          message: expect.stringContaining('cannot change') as string,
        }),
      ],
    ]);
  });

  it('comes in pages that lose and repeat nothing while sessions are added', async () => {
    for (const at of [1, 2, 3, 4, 5]) await created(`s${at}`);
    const first = await list('?limit=2&sort=sessionName');
    await created('s0');
    await created('s25');
    const seen = first.items.map(({ sessionName }) => sessionName);
    for (let cursor = first.nextCursor; cursor !== undefined;) {
      const page = await list(`?limit=2&sort=sessionName&cursor=${encodeURIComponent(cursor)}`);
      seen.push(...page.items.map(({ sessionName }) => sessionName));
      cursor = page.nextCursor;
    }
    expect(seen.filter((name) => name !== 's25')).toEqual(['s1', 's2', 's3', 's4', 's5']);
    expect((await owner.ask('GET', '/v1/sessions?cursor=nonsense')).status).toBe(422);
  });
});
