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
    expect(ended.message).toContain(`stint start ${id}`);
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
