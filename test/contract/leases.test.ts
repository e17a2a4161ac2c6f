import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRunningApi } from '../support/running-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

interface Opened {
  readonly lease: { readonly leaseId: string; readonly runId: string };
  readonly token: string;
  readonly tokenFile: string;
  readonly url: string;
}

let owner: ScratchApi;
let id: string;
aRunningApi(async (started) => {
  owner = started;
  id = (await owner.addUser('anna', { fields: { delivery: 'endpoint-only' } })).session.sessionId;
});

const start = (body?: object) =>
  owner.ask('POST', `/v1/sessions/${id}/start`, body === undefined ? {} : { body });
const open = async (body: object = { kind: 'endpoint', process: 'bash' }) =>
  (await (await owner.ask('POST', `/v1/sessions/${id}/leases`, { body })).json()) as Opened;
const list = async () =>
  ((await (await owner.ask('GET', `/v1/sessions/${id}/leases`)).json()) as { items: object[] })
    .items;
const credentials = (authorization: string, sessionId = id) =>
  owner.ask('GET', `/credentials/${sessionId}`, {
    headers: { authorization, host: '127.0.0.1:4711' },
    connection: { kind: 'tcp', port: 4711 },
  });
const refusal = async (answer: Response | Promise<Response>) => {
  const { status, headers } = await answer;
  expect(headers.get('content-type')).toContain('application/json');
  const { code, message } = (await (await answer).json()) as { code: string; message: string };
  return { status, code, message };
};

describe('a lease', () => {
  it('is opened on an active session only, and answers all that its holder needs, once', async () => {
    const refused = await owner.ask('POST', `/v1/sessions/${id}/leases`, {
      body: { kind: 'exec' },
    });
    expect(refused.status).toBe(409);
    await start();
    const { lease, token, tokenFile, url } = await open();
    expect(lease).toMatchObject({ kind: 'endpoint', process: 'bash', uses: 0 });
    expect(url).toBe(`http://127.0.0.1:4711/credentials/${id}`);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await readFile(tokenFile, 'utf8')).toBe(token);
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(tokenFile))).mode & 0o777).toBe(0o700);
    expect(await list()).toEqual([lease]);
    expect(JSON.stringify(await list())).not.toContain(token);
  });

  it('lends the current credentials, and counts how often', async () => {
    await start();
    const { token } = await open();
    for (const authorization of [token, `Bearer ${token}`]) {
      const answer = await credentials(authorization);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({
        AccessKeyId: expect.stringMatching(/^ASIA/) as string,
        SecretAccessKey: expect.any(String) as string,
        Token: expect.any(String) as string,
        Expiration: expect.stringMatching(/Z$/) as string,
      });
    }
    expect(await list()).toMatchObject([{ uses: 2 }]);
  });

  it('opens nothing but its own session, and no other token opens the endpoint', async () => {
    const other = (await owner.addUser('ben', { fields: { delivery: 'endpoint-only' } })).session;
    await start();
    await owner.ask('POST', `/v1/sessions/${other.sessionId}/start`);
    const { token } = await open();
    const ownerToken = owner.stint.access.ownerToken();
    for (const [authorization, sessionId] of [
      [token, other.sessionId],
      [token, '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11'],
      [`${token}x`, id],
      [token.slice(1), id],
      [`Bearer ${ownerToken}`, id],
      ['', id],
    ] as const) {
      const answer = await credentials(authorization, sessionId);
      expect(await refusal(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
    expect((await owner.askAs({ role: 'owner' }, 'GET', `/credentials/${id}`)).status).toBe(401);
    expect(
      (await owner.ask('GET', '/v1/sessions', { headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(401);
  });

  it('tells its holder which session it lends, open or closed, and nothing secret', async () => {
    await start();
    const { lease, token } = await open();
    const self = (authorization: string) =>
      owner.ask('GET', '/v1/lease', {
        headers: { authorization, host: '127.0.0.1:4711' },
        connection: { kind: 'tcp', port: 4711 },
      });
    const answer = await self(`Bearer ${token}`);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      lease: { leaseId: lease.leaseId, uses: 0 },
      session: { sessionId: id, sessionName: 'anna', status: 'active', run: { id: lease.runId } },
    });
    expect(text).not.toMatch(/ASIA|AKIA|token/i);
    const read = await owner.ask('GET', `/v1/leases/${lease.leaseId}`);
    expect(await read.json()).toEqual(JSON.parse(text));
    await owner.ask('DELETE', `/v1/leases/${lease.leaseId}`);
    expect(await (await self(token)).json()).toMatchObject({ lease: { reason: 'closed' } });
    for (const wrong of ['', `${token}x`, owner.stint.access.ownerToken()]) {
      expect(await refusal(self(wrong))).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
    const bound = {
      role: 'credentials',
      sessionId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
    } as const;
    expect((await owner.askAs(bound, 'GET', `/v1/leases/${lease.leaseId}`)).status).toBe(404);
  });

  it('is found by the access key id of the credentials it lends', async () => {
    await owner.addUser('ben', { fields: { delivery: 'endpoint-only' } });
    await start();
    const { AccessKeyId } = (await (await credentials((await open()).token)).json()) as {
      AccessKeyId: string;
    };
    const found = async (accessKeyId: string) => {
      const answer = await owner.ask('GET', `/v1/sessions?accessKeyId=${accessKeyId}`);
      return ((await answer.json()) as { items: { sessionId: string }[] }).items.map(
        ({ sessionId }) => sessionId,
      );
    };
    expect(await found(AccessKeyId)).toEqual([id]);
    expect(await found(AccessKeyId.slice(0, -1))).toEqual([]);
    await owner.ask('POST', `/v1/sessions/${id}/stop`);
    expect(await found(AccessKeyId)).toEqual([]);
  });

  it('belongs to everybody who reads the keys, but never gets expired ones', async () => {
    await start();
    const path = `/v1/sessions/${id}/credentials`;
    expect((await owner.ask('GET', `${path}?pid=${process.pid}`)).status).toBe(200);
    expect((await owner.ask('GET', `${path}?kind=static&process=bash`)).status).toBe(200);
    expect((await owner.ask('GET', path)).status).toBe(200);
    expect((await owner.ask('GET', `${path}?pid=0`)).status).toBe(422);
    expect(await list()).toMatchObject([
      { kind: 'credential-process', uses: 1 },
      { kind: 'static', process: 'bash', uses: 1 },
      { kind: 'credential-process', pid: process.pid, uses: 1 },
    ]);
    const { items } = owner.stint.history.list({ session: id, kind: 'lease-opened', limit: 3 });
    expect(items.map(({ message }) => message)).toContain('static bash');
    owner.sleep(13 * 3600);
    const refused = await owner.ask('GET', path);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('have expired and could not be renewed yet');
  });

  it('lends in the form of credential_process too, by its id, to who may read credentials', async () => {
    await start();
    const { lease } = await open({ kind: 'credential-process' });
    const path = `/v1/leases/${lease.leaseId}/credentials`;
    const answer = await owner.ask('GET', path);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      Version: 1,
      SessionToken: expect.any(String) as string,
    });
    expect(await list()).toMatchObject([{ uses: 1 }]);
    const other = (await owner.addUser('ben')).session.sessionId;
    const bound = { role: 'credentials' as const, sessionId: other };
    expect((await owner.askAs(bound, 'GET', path)).status).toBe(404);
    expect((await owner.askAs({ role: 'viewer' }, 'GET', path)).status).toBe(403);
    await owner.ask('DELETE', `/v1/leases/${lease.leaseId}`);
    expect((await owner.ask('GET', path)).status).toBe(409);
    expect((await owner.ask('GET', '/v1/leases/nonsense/credentials')).status).toBe(404);
  });

  it('can be narrowed: its own endpoint then answers other credentials than the session has', async () => {
    await start();
    const policyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
    const { token, lease } = await open({ kind: 'exec', readOnly: true });
    expect(lease).toMatchObject({ policyArns });
    expect(await list()).toMatchObject([{ policyArns }]);
    const other = await open({ kind: 'exec' });
    const keyOf = async (answer: Promise<Response>) =>
      ((await (await answer).json()) as { AccessKeyId: string }).AccessKeyId;
    const narrowed = await keyOf(credentials(token));
    expect(narrowed).not.toBe(await keyOf(credentials(other.token)));
    const path = `/v1/leases/${lease.leaseId}/credentials`;
    expect(await keyOf(owner.ask('GET', path))).toBe(narrowed);
    const refused = async (body: object) =>
      (await owner.ask('POST', `/v1/sessions/${id}/leases`, { body: { kind: 'exec', ...body } }))
        .status;
    const bodies = [
      { policyArns: ['arn:aws:iam::447109328810:role/reader'] },
      { policyArns: Array.from({ length: 11 }, (_, at) => `arn:aws:iam::aws:policy/P${at}`) },
      { policy: 'allow all' },
      { policy: JSON.stringify({ Statement: 'x'.repeat(2048) }) },
      { policy: JSON.stringify({ Statement: [], Id: '\u0100' }) },
    ];
    expect(await Promise.all(bodies.map(refused))).toEqual(bodies.map(() => 422));
    expect(await list()).toHaveLength(2);
  });

  it('is refused to a page elsewhere like everything else over TCP', async () => {
    await start();
    const { token } = await open();
    for (const headers of [
      { host: 'evil.example:4711' },
      { host: '127.0.0.1:4711', origin: 'https://evil.example' },
      {
        host: '127.0.0.1:4711',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    ]) {
      const answer = owner.ask('GET', `/credentials/${id}`, {
        headers: { authorization: token, ...headers },
        connection: { kind: 'tcp', port: 4711 },
      });
      expect(await refusal(answer)).toMatchObject({ status: 403, code: 'request-untrusted' });
    }
  });

  it('tells its holder when it was closed, and when the session has ended', async () => {
    await start();
    const [first, second] = [await open(), await open()];
    expect((await owner.ask('DELETE', `/v1/leases/${first.lease.leaseId}`)).status).toBe(200);
    const closed = await refusal(credentials(first.token));
    expect(closed).toMatchObject({ status: 409, code: 'session-not-active' });
    expect(closed.message).toContain('The lease of this program on session anna was closed.');
    await expect(stat(first.tokenFile)).rejects.toThrow('ENOENT');
    await owner.ask('POST', `/v1/sessions/${id}/stop`);
    const ended = await refusal(credentials(second.token));
    expect(ended).toMatchObject({ status: 409, code: 'session-not-active' });
    expect(ended.message).toContain('Session anna has ended (stopped)');
    expect(ended.message).toContain('stint start anna');
    await start();
    expect((await refusal(credentials(second.token))).status).toBe(409);
  });

  it('is in the history without its token, which no file of the home contains', async () => {
    await start();
    const { token, lease, tokenFile } = await open({ kind: 'exec', process: 'aws', pid: 1 });
    await owner.ask('DELETE', `/v1/leases/${lease.leaseId}`);
    const { items } = owner.stint.history.list();
    const told = items.filter(({ kind }) => kind.startsWith('lease-'));
    expect(told).toMatchObject([
      {
        kind: 'lease-closed',
        sessionId: id,
        runId: lease.runId,
        message: 'exec aws: closed',
        by: 'owner',
      },
      { kind: 'lease-opened', sessionId: id, runId: lease.runId, message: 'exec aws', by: 'owner' },
    ]);
    const home = dirname(dirname(dirname(tokenFile)));
    for (const name of await readdir(home, { recursive: true })) {
      const bytes = await readFile(join(home, name), 'latin1').catch(() => '');
      expect(bytes.includes(token), name).toBe(false);
    }
  });

  it('takes a name of a program and no arguments', async () => {
    await start();
    for (const process of ['/usr/bin/aws', 'a\nb', '', 'x'.repeat(257)]) {
      const answer = await owner.ask('POST', `/v1/sessions/${id}/leases`, {
        body: { kind: 'exec', process },
      });
      expect(answer.status).toBe(422);
    }
    expect(await list()).toEqual([]);
  });
});

describe('who may', () => {
  it('open and close leases: who may read credentials; read them: who may read sessions', async () => {
    await start();
    const body = { kind: 'endpoint' };
    const path = `/v1/sessions/${id}/leases`;
    expect((await owner.askAs({ role: 'window' }, 'POST', path, body)).status).toBe(403);
    expect((await owner.askAs({ role: 'viewer' }, 'GET', path)).status).toBe(200);
    const opened = await owner.askAs({ role: 'operator' }, 'POST', path, body);
    const { lease } = (await opened.json()) as Opened;
    const one = `/v1/leases/${lease.leaseId}`;
    expect((await owner.askAs({ role: 'window' }, 'DELETE', one)).status).toBe(403);
    expect((await owner.askAs({ role: 'operator' }, 'DELETE', one)).status).toBe(200);
  });

  it('with a token of one session: that session’s alone', async () => {
    await start();
    const { lease } = await open();
    const other = (await owner.addUser('ben')).session.sessionId;
    const bound = (sessionId: string) => ({ role: 'credentials' as const, sessionId });
    const path = `/v1/sessions/${id}/leases`;
    const one = `/v1/leases/${lease.leaseId}`;
    expect((await owner.askAs(bound(other), 'POST', path, { kind: 'exec' })).status).toBe(404);
    expect((await owner.askAs(bound(other), 'DELETE', one)).status).toBe(404);
    expect((await owner.askAs(bound(id), 'POST', path, { kind: 'exec' })).status).toBe(201);
    expect((await owner.askAs(bound(id), 'DELETE', one)).status).toBe(200);
    expect((await owner.askAs(bound(id), 'DELETE', one)).status).toBe(200);
  });
});
