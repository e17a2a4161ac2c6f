import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopesOfRole, type Scope } from '../../src/models/scope.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/*
 * The statements about the Sessions component, each by its name there (`docs/contract.md`). They are
 * asked of the API as a client asks them; their corners are tested where that page says.
 */

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
  owner.stint.scheduler.start();
});
afterAll(async () => {
  await owner.close();
});

interface Shown {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly status: string;
}

const fields = { type: 'awsIamUser', region: 'eu-west-1' };
const create = (sessionName: string, more: object = {}) =>
  owner.ask('POST', '/v1/sessions', { body: { ...fields, sessionName, ...more } });
const shown = async (answer: Promise<Response> | Response) =>
  (await (await answer).json()) as Shown;
const at = (id: string) => `/v1/sessions/${id}`;
const read = (id: string) => shown(owner.ask('GET', at(id)));
const startable = async (name: string, more: object = {}) =>
  (await owner.addUser(name, { fields: { delivery: 'endpoint-only', ...more } })).session.sessionId;
const start = (id: string) => owner.ask('POST', `${at(id)}/start`);
const names = async (query: string) => {
  const answer = await owner.ask('GET', `/v1/sessions?${query}`);
  return ((await answer.json()) as { items: Shown[] }).items.map(({ sessionName }) => sessionName);
};
const issue = (more: object = {}) =>
  owner.client.request('POST', '/v1/tokens', { body: { name: 'ci', ...more } });
const statusWith = async (token: string, method = 'GET', path = '/v1/sessions', body?: unknown) => {
  const headers = { authorization: token === '' ? '' : `Bearer ${token}` };
  return (await owner.ask(method, path, { headers, body })).status;
};
const metric = async (series: string) => {
  const text = await (await owner.ask('GET', '/v1/metrics')).text();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
};

describe('CRUD', () => {
  test('POST /sessions/ answers 201 with the address and version of what was made', async () => {
    const body = { ...fields, sessionName: 'made' };
    const answer = await owner.ask('POST', '/v1/sessions/', { body });
    const { sessionId } = await shown(answer.clone());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(at(sessionId));
    const again = await owner.ask('GET', at(sessionId));
    expect(again.headers.get('etag')).toBe(answer.headers.get('etag'));
  });

  test('an id that the client chose is kept, once, if it is a UUID', async () => {
    const sessionId = '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12';
    expect((await shown(create('chosen', { sessionId }))).sessionId).toBe(sessionId);
    expect((await create('chosen', { sessionId })).status).toBe(409);
    expect((await create('chosen', { sessionId: 'session-001' })).status).toBe(422);
  });

  test('data is typed: labels and environment are kept, free data is refused by name', async () => {
    const data = { labels: ['team-a'], environment: 'staging' };
    expect(await shown(create('labelled', data))).toMatchObject(data);
    const refused = await create('free', { data: { colour: 'red' } });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('data')]);
  });

  test('PUT /sessions/{id} replaces the version that it names, and no other', async () => {
    const made = await create('put');
    const { sessionId } = await shown(made.clone());
    const body = { ...fields, sessionName: 'replaced' };
    const headers = { 'if-match': String(made.headers.get('etag')) };
    expect((await owner.ask('PUT', at(sessionId), { body })).status).toBe(428);
    expect((await owner.ask('PUT', at(sessionId), { body, headers })).status).toBe(200);
    expect((await owner.ask('PUT', at(sessionId), { body, headers })).status).toBe(412);
    expect((await read(sessionId)).sessionName).toBe('replaced');
  });

  test('GET /sessions/{id} answers 304 while nothing has changed', async () => {
    const made = await create('get');
    const { sessionId } = await shown(made.clone());
    const headers = { 'if-none-match': String(made.headers.get('etag')) };
    expect((await owner.ask('GET', at(sessionId), { headers })).status).toBe(304);
    await owner.ask('PATCH', at(sessionId), { body: { labels: ['new'] } });
    expect((await owner.ask('GET', at(sessionId), { headers })).status).toBe(200);
  });

  test('DELETE /sessions/{id} ends the run; the session is 404 afterwards', async () => {
    const id = await startable('deleted');
    await start(id);
    expect((await owner.ask('DELETE', at(id))).status).toBe(204);
    expect((await owner.ask('GET', at(id))).status).toBe(404);
    const { items } = owner.stint.history.list({ session: id, kind: 'session-stopped', limit: 1 });
    expect(items).toMatchObject([{ reason: 'removed' }]);
  });

  test('GET /sessions/ lists by active_only and limit, under the names active and limit', async () => {
    const id = await startable('listed');
    await start(id);
    expect(await names('active=true')).toEqual(['listed']);
    expect(await names('active=false')).not.toContain('listed');
    expect(await names('limit=1')).toHaveLength(1);
    await owner.ask('POST', `${at(id)}/stop`);
  });
});

describe('access', () => {
  test('JWT: signed, with issuer, audience, end and id; one without signature is refused', async () => {
    const { token } = await issue({ role: 'viewer' });
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'HS256' });
    expect(Object.keys(decodeJwt(token))).toEqual(
      expect.arrayContaining(['iss', 'aud', 'sub', 'exp', 'iat', 'jti']),
    );
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(`${none}.${token.split('.')[1] ?? ''}.`)).toBe(401);
  });

  test.each(['create', 'read', 'update', 'delete'] as const)(
    'RBAC: sessions:%s allows that and nothing else of it',
    async (right) => {
      const { sessionId } = await shown(create('guarded'));
      const asked = {
        create: ['POST', '/v1/sessions', { ...fields, sessionName: 'by-right' }],
        read: ['GET', at(sessionId), undefined],
        update: ['PATCH', at(sessionId), { labels: ['by-right'] }],
        delete: ['DELETE', at(sessionId), undefined],
      } as const;
      const { token } = await issue({ scopes: [`sessions:${right}` satisfies Scope] });
      for (const one of ['create', 'read', 'update', 'delete'] as const) {
        const [method, path, body] = asked[one];
        const status = await statusWith(token, method, path, body);
        expect([one, status === 403]).toEqual([one, one !== right]);
      }
      expect(scopesOfRole.viewer.includes(`sessions:${right}`)).toBe(right === 'read');
    },
  );

  test('no unauthenticated access', async () => {
    for (const [method, path] of [
      ['GET', '/v1/sessions'],
      ['POST', '/v1/sessions'],
      ['DELETE', at('5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12')],
      ['GET', '/v1/metrics'],
      ['GET', '/v1/events'],
    ] as const) {
      expect([path, await statusWith('', method, path)]).toEqual([path, 401]);
    }
  });
});

describe('monitoring and safety', () => {
  test('active session metrics and operation metrics', async () => {
    const active = 'stint_sessions{type="awsIamUser",status="active"}';
    const starts = 'stint_operation_duration_seconds_count{operation="start",type="awsIamUser"}';
    const before = [await metric(active), await metric(starts)];
    const id = await startable('measured');
    await start(id);
    const after = [await metric(active), await metric(starts)];
    expect(after).toEqual(before.map((count) => count + 1));
    await owner.ask('POST', `${at(id)}/stop`);
    expect(await metric(active)).toBe(before[0]);
  });

  test('central JSON logging: id and operation of each request, no session data', async () => {
    const { session, user } = await owner.addUser('logged', { fields: { labels: ['private'] } });
    await start(session.sessionId);
    await owner.ask('POST', `${at(session.sessionId)}/stop`);
    const text = await readFile(join(owner.folder, 'stint', 'logs', 'stint.log'), 'utf8');
    const lines = text.trimEnd().split('\n');
    const ofSession = lines
      .map((line) => JSON.parse(line) as { operation: string; sessionId?: string })
      .filter(({ sessionId }) => sessionId === session.sessionId)
      .map(({ operation }) => operation);
    expect(ofSession).toEqual(expect.arrayContaining(['api.startSession', 'api.stopSession']));
    for (const data of ['private', user.secretAccessKey, owner.stint.access.ownerToken()])
      expect(text).not.toContain(data);
  });

  test('encrypted session data: no file of the home has the keys in clear', async () => {
    const { session, user } = await owner.addUser('encrypted', {
      fields: { delivery: 'endpoint-only' },
    });
    await start(session.sessionId);
    const home = join(owner.folder, 'stint');
    const files = await readdir(home, { recursive: true, withFileTypes: true });
    const regular = files.filter((one) => one.isFile());
    expect(regular.map(({ name }) => name)).toContain('secrets.vault');
    for (const { parentPath, name } of regular) {
      const content = await readFile(join(parentPath, name));
      expect([name, content.includes(user.secretAccessKey)]).toEqual([name, false]);
    }
    await owner.ask('POST', `${at(session.sessionId)}/stop`);
  });
});

describe('sources of bugs', () => {
  test('a race on update: all changes are kept, and of those for one version one is', async () => {
    const made = await create('raced');
    const { sessionId } = await shown(made.clone());
    const patch = (body: object, headers = {}) =>
      owner.ask('PATCH', at(sessionId), { body, headers });
    const headers = { 'if-match': String(made.headers.get('etag')) };
    const same = await Promise.all(
      Array.from({ length: 10 }, (_, one) => patch({ labels: [`l${one}`] }, headers)),
    );
    expect(same.map(({ status }) => status).toSorted()).toEqual([
      200,
      ...Array<number>(9).fill(412),
    ]);
    await Promise.all([patch({ region: 'eu-north-1' }), patch({ pinned: true })]);
    expect(await read(sessionId)).toMatchObject({ region: 'eu-north-1', pinned: true });
  });

  test('async, safe under concurrency: starts and stops at once leave one of two states', async () => {
    const id = await startable('hurried');
    const stop = () => owner.ask('POST', `${at(id)}/stop`);
    const all = await Promise.all([start(id), stop(), start(id), stop(), start(id), stop()]);
    expect(Math.max(...all.map(({ status }) => status))).toBeLessThan(500);
    expect((await read(id)).status).toBeOneOf(['active', 'inactive']);
    await stop();
    expect((await read(id)).status).toBe('inactive');
  });

  test('a database failure: sessions start and stop, and the answer says what was not written', async () => {
    const id = await startable('unwritten');
    using history = new DatabaseSync(join(owner.folder, 'stint', 'history.db'));
    history.exec(
      "CREATE TRIGGER broken BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'disk I/O'); END",
    );
    const stop = async () => await (await owner.ask('POST', `${at(id)}/stop`)).json();
    expect((await start(id)).status).toBe(200);
    expect(await stop()).toMatchObject({ historyWritten: false });
    history.exec('DROP TRIGGER broken');
    expect((await start(id)).status).toBe(200);
    expect(await stop()).toMatchObject({ historyWritten: true });
    expect(owner.stint.history.list({ session: id, limit: 9 }).items).toHaveLength(3);
  });
});
