import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, refuseUnscopedRoutes } from '../../src/api/app.ts';
import { describeApp } from '../../src/api/document.ts';
import { scopes, type Scope } from '../../src/models/scope.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly roles: readonly string[];
}

const operations: readonly Operation[] = Object.entries(
  describeApp(buildApp()).paths ?? {},
).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Record<string, unknown>>).map(([method, described]) => ({
    method: method.toUpperCase(),
    path: path.replace('{id}', '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11'),
    scope: String(described['x-scope']),
    roles: (described['x-roles'] as readonly string[] | undefined) ?? [],
  })),
);
const guarded = operations.filter(({ scope }) => scope !== 'open' && scope !== 'lease');
const named = ({ method, path }: Operation) => `${method} ${path}`;
const typeOf = async (answer: Response) => ((await answer.json()) as { type: string }).type;

describe('every route', () => {
  it('states its scope; only health and the handshake are open; the SDK endpoints and GET /v1/lease are for leases', () => {
    expect(operations.filter(({ scope }) => scope === 'open').map(named)).toEqual([
      'GET /v1/healthz',
      'POST /v1/handshake',
    ]);
    expect(operations.filter(({ scope }) => scope === 'lease').map(named)).toEqual([
      'GET /v1/lease',
      'GET /credentials/3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
      'GET /azure/3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11/token',
      'GET /azure/3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11/token/{leaseToken}',
    ]);
    expect(operations.filter(({ scope }) => scope === 'undefined')).toEqual([]);
  });

  it('that were added without one would not build', () => {
    const app = buildApp();
    app.get('/v1/forgotten', (c) => c.text('anyone'));
    expect(() => {
      refuseUnscopedRoutes(app);
    }).toThrow('GET /v1/forgotten has no declared scope');
  });

  it.each(guarded.map((one) => [named(one), one] as const))(
    '%s answers 401 without a token, and to one that is not ours',
    async (_name, { method, path }) => {
      for (const authorization of ['', 'Bearer nonsense', 'Basic b3duZXI6b3duZXI=']) {
        const answer = await owner.ask(method, path, { headers: { authorization } });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      }
    },
  );

  it.each(
    guarded.filter(({ scope }) => scope !== 'any-token').map((one) => [named(one), one] as const),
  )(
    '%s answers 403 to a token with every scope but its own',
    async (_name, { method, path, scope }) => {
      const others = scopes.filter((one) => one !== (scope as Scope));
      const answer = await owner.askAs({ role: 'owner', scopes: others }, method, path);
      expect(answer.status).toBe(403);
      expect(await typeOf(answer)).toBe('urn:stint:problem:scope-missing');
    },
  );

  it.each(guarded.filter(({ roles }) => roles.length > 0).map((one) => [named(one), one] as const))(
    '%s is for its roles alone, whatever scopes another holds',
    async (_name, { method, path, roles }) => {
      const others = (['operator', 'viewer'] as const).filter((role) => !roles.includes(role));
      for (const role of others) {
        expect((await owner.askAs({ role, scopes }, method, path)).status).toBe(403);
      }
      expect(others).not.toEqual([]);
    },
  );
});

describe('over TCP', () => {
  const tcp = { kind: 'tcp', port: 4711 } as const;
  const good = { host: '127.0.0.1:4711' };

  it('a request to our own address is answered', async () => {
    const answer = await owner.ask('GET', '/v1/sessions', { connection: tcp, headers: good });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['of a name that leads to us (DNS rebinding)', { host: 'evil.example:4711' }],
    ['of another port', { host: '127.0.0.1:4712' }],
    ['without a host', { host: '' }],
    ['of a page elsewhere', { ...good, origin: 'https://evil.example' }],
    ['of a page on another local port', { ...good, origin: 'http://127.0.0.1:3000' }],
    ['of a page without an origin', { ...good, origin: 'null' }],
    ['across sites', { ...good, 'sec-fetch-site': 'cross-site' }],
    ['of another port, same site', { ...good, 'sec-fetch-site': 'same-site' }],
  ])('one %s is refused before its token is looked at', async (_what, headers) => {
    const answer = await owner.ask('GET', '/v1/sessions', {
      connection: tcp,
      headers: { authorization: '', ...headers },
    });
    expect(answer.status).toBe(403);
    expect(await typeOf(answer)).toBe('urn:stint:problem:request-untrusted');
  });

  it.each([
    [
      'a visit by a link from anywhere',
      '/',
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      404,
    ],
    [
      'a frame on a page elsewhere',
      '/',
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      403,
    ],
    [
      'a script of a page elsewhere',
      '/main.js',
      { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
      403,
    ],
    [
      'a visit to the API',
      '/v1/sessions',
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      403,
    ],
  ] as const)(
    'the window meets %s with the right answer',
    async (_what, path, metadata, status) => {
      // 404: it was let through, and this owner has no window to show.
      const answer = await owner.ask('GET', path, {
        connection: tcp,
        headers: { ...good, 'sec-fetch-site': 'cross-site', ...metadata },
      });
      expect(answer.status).toBe(status);
    },
  );

  it('guesses lock nobody out: a token not seen before is accepted right after a thousand of them', async () => {
    const tcpWith = (token: string) =>
      owner.ask('GET', '/v1/sessions', {
        connection: tcp,
        headers: { ...good, authorization: `Bearer ${token}` },
      });
    for (let at = 0; at < 1000; at += 1) expect((await tcpWith(`guess-${at}`)).status).toBe(401);
    const made = await owner.ask('POST', '/v1/tokens', { body: { name: 'new', role: 'viewer' } });
    const { token } = (await made.json()) as { token: string };
    expect((await tcpWith(token)).status).toBe(200);
  });

  it.each([
    ['/v1/sessions', 403],
    ['/', 403],
    ['/v1/healthz', 403],
    ['/credentials/3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11', 401],
  ])(
    'another user whom a lease names reaches nothing but SDK endpoints: not %s',
    async (path, status) => {
      const answer = await owner.ask('GET', path, {
        connection: { ...tcp, namedUid: 1234 },
        headers: good,
      });
      expect(answer.status).toBe(status);
    },
  );
});

describe('client tokens', () => {
  const issue = async (body: object) => await owner.ask('POST', '/v1/tokens', { body });
  const withToken = (token: string, path: string, method = 'GET') =>
    owner.ask(method, path, { headers: { authorization: `Bearer ${token}` } });

  it('are made, listed without their text, verified and revoked', async () => {
    const made = await issue({ name: 'ci', role: 'operator', expires_in: 60 });
    expect(made.status).toBe(201);
    const { token, tokenId } = (await made.json()) as { token: string; tokenId: string };
    expect((await withToken(token, '/v1/sessions')).status).toBe(200);
    const list = await (await owner.ask('GET', '/v1/tokens')).text();
    expect(list).toContain(tokenId);
    expect(list).not.toContain(token);
    const verified = await owner.ask('POST', '/v1/tokens/verify', { body: { token } });
    expect(await verified.json()).toMatchObject({ valid: true, subject: 'ci' });
    expect((await owner.ask('DELETE', `/v1/tokens/${tokenId}`)).status).toBe(204);
    expect((await withToken(token, '/v1/sessions')).status).toBe(401);
    expect((await owner.ask('DELETE', `/v1/tokens/${tokenId}`)).status).toBe(404);
  });

  it('never carry more than their maker has', async () => {
    const maker = { role: 'operator', scopes: ['tokens:manage', 'sessions:read'] } as const;
    const more = await owner.askAs(maker, 'POST', '/v1/tokens', {
      name: 'more',
      role: 'viewer',
      scopes: ['history:read'],
    });
    expect(more.status).toBe(403);
    const asOwner = await owner.askAs(maker, 'POST', '/v1/tokens', { name: 'x', role: 'owner' });
    expect(asOwner.status).toBe(403);
  });

  it('end with their time', async () => {
    const { token } = (await (await issue({ name: 'short', expires_in: 30 })).json()) as {
      token: string;
    };
    expect((await withToken(token, '/v1/sessions')).status).toBe(200);
    await owner.pass(31);
    expect((await withToken(token, '/v1/sessions')).status).toBe(401);
  });

  it('are all void once the key is reset; the owner’s own is not', async () => {
    const { token } = (await (await issue({ name: 'ci' })).json()) as { token: string };
    expect((await owner.ask('POST', '/v1/tokens/reset-key')).status).toBe(204);
    expect((await withToken(token, '/v1/sessions')).status).toBe(401);
    expect((await owner.ask('GET', '/v1/sessions')).status).toBe(200);
  });

  it('are made only for sessions that exist', async () => {
    const sessionId = '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11';
    const refused = await issue({ name: 'early', role: 'credentials', sessionId });
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ sessionId, next: expect.any(String) as string });
    const { items } = await owner.client.request('GET', '/v1/tokens');
    expect(items.map(({ name }) => name)).not.toContain('early');
  });

  it('bound to one session see that one and no other', async () => {
    const mine = (await owner.addUser('mine')).session.sessionId;
    const other = (await owner.addUser('other')).session.sessionId;
    const { token } = (await (
      await issue({ name: 'tool', role: 'credentials', sessionId: mine })
    ).json()) as { token: string };
    await owner.ask('POST', `/v1/sessions/${mine}/start`);
    expect((await withToken(token, `/v1/sessions/${mine}/credentials`)).status).toBe(200);
    expect((await withToken(token, `/v1/sessions/${other}`)).status).toBe(404);
    expect((await withToken(token, `/v1/sessions/${other}/credentials`)).status).toBe(404);
    const list = (await (await withToken(token, '/v1/sessions')).json()) as {
      items: { sessionId: string }[];
    };
    expect(list.items.map(({ sessionId }) => sessionId)).toEqual([mine]);
    expect((await withToken(token, `/v1/sessions/${mine}/stop`, 'POST')).status).toBe(403);
  });
});

describe('the handshake', () => {
  it('proves the server: only who can read the token file could have made the answer', async () => {
    const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
    const answer = await owner.ask('POST', '/v1/handshake', {
      body: { nonce },
      headers: { authorization: '', host: '127.0.0.1:4711' },
      connection: { kind: 'tcp', port: 4711 },
    });
    const expected = createHmac('sha256', owner.stint.access.ownerToken())
      .update(`stint-handshake\n4711\n${nonce}`)
      .digest('base64url');
    expect(await answer.json()).toMatchObject({ proof: expected });
  });

  it('lets a window in for its code, once, with every right but that to secrets', async () => {
    const code = owner.stint.access.windows.code();
    const enter = () =>
      owner.ask('POST', '/v1/handshake', { body: { code }, headers: { authorization: '' } });
    const { token } = (await (await enter()).json()) as { token: string };
    expect((await enter()).status).toBe(401);
    const verified = await owner.ask('POST', '/v1/tokens/verify', { body: { token } });
    const { scopes: held } = (await verified.json()) as { scopes: string[] };
    expect(held).toContain('sessions:start');
    expect(held).not.toContain('credentials:read');
  });

  it('takes no code that has waited too long', async () => {
    const code = owner.stint.access.windows.code();
    await owner.pass(121);
    const late = await owner.ask('POST', '/v1/handshake', { body: { code } });
    expect(late.status).toBe(401);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['GET', '/v1/nothing', undefined, {}, 404],
    ['PUT', '/v1/settings', { a: 1 }, {}, 405],
    ['POST', '/v1/sessions', 'x'.repeat(2_000_000), {}, 413],
    ['POST', '/v1/sessions', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['POST', '/v1/sessions', '{"type":', {}, 422],
    ['GET', '/v1/sessions?limit=lots', undefined, {}, 422],
    ['GET', '/v1/sessions?unknown=1', undefined, {}, 422],
  ] as const)(
    '%s %s is answered with a problem document',
    async (method, path, body, headers, status) => {
      const answer = await owner.ask(method, path, {
        ...(body === undefined ? {} : { body }),
        headers,
      });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({
        type: expect.stringMatching(/^urn:stint:problem:/) as string,
        status,
        detail: expect.any(String) as string,
      });
      if (status === 405) expect(answer.headers.get('allow')).toBe('GET, PATCH');
    },
  );
});
