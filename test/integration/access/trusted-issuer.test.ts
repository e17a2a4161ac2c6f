import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scopesOfRole } from '../../../src/models/scope.ts';
import { startOidcIssuer, type OidcIssuer } from '../../support/oidc-issuer.ts';
import { scratchApi, type ScratchApi } from '../../support/scratch-api.ts';

let owner: ScratchApi;
let provider: OidcIssuer;
let sessionId: string;
let file: string;

beforeAll(async () => {
  owner = await scratchApi();
  provider = await startOidcIssuer();
  const { session } = await owner.addUser('payments');
  ({ sessionId } = session);
  file = join(owner.folder, 'stint', 'issuer.json');
});
afterAll(async () => {
  await provider.stop();
  await owner.close();
});

const roles = () => [
  { value: 'owners', role: 'owner' },
  { value: 'platform', role: 'operator' },
  { value: 'everyone', role: 'viewer' },
  { value: 'deploy', role: 'credentials', sessionId },
];

let written = 0;

async function trust(fields: object = {}): Promise<void> {
  const content = {
    issuer: provider.issuer,
    audience: 'stint',
    claim: 'groups',
    roles: roles(),
    ...fields,
  };
  await writeFile(file, JSON.stringify(content), { mode: 0o600 });
  // Two writes of one length within the precision of the file system's clock look the same.
  written += 1;
  await utimes(file, written, written);
}

beforeEach(async () => {
  provider.closed = false;
  await trust();
});

const as = (token: string, method = 'GET', path = '/v1/sessions', body?: unknown) =>
  owner.ask(method, path, {
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  });

/** What the provider's key signs, changed in one point. */
async function signed(
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, string>> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: provider.issuer, aud: 'stint', sub: 'deploy-job', iat: now, exp: now + 60 };
  const all: Record<string, unknown> = { ...usual, groups: ['platform'], ...claims };
  return await new SignJWT(
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
  )
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: provider.key().kid ?? '', ...header })
    .sign(await importJWK(provider.key(), 'ES256'));
}

describe('a token of the trusted issuer', () => {
  test('is accepted, and what it does is by its subject at that issuer', async () => {
    const answer = await as(await provider.token(), 'PATCH', `/v1/sessions/${sessionId}`, {
      labels: ['by-the-issuer'],
    });
    expect(answer.status).toBe(200);
    const { items } = await owner.client.request('GET', '/v1/history', {
      query: { kind: 'session-updated', limit: 1 },
    });
    expect(items[0]).toMatchObject({
      by: `deploy-job at ${provider.issuer}`,
      actor: { role: 'operator', issuer: provider.issuer, via: 'socket' },
    });
  });

  test.each(['owner', 'operator', 'viewer', 'credentials'] as const)(
    'may do as %s what a client token of that role may do',
    async (role) => {
      const { value } = roles().find((one) => one.role === role) ?? { value: '' };
      const bound = role === 'credentials' ? { sessionId } : {};
      const made = await owner.ask('POST', '/v1/tokens', {
        body: { name: 'same', role, ...bound },
      });
      const { token: own } = (await made.json()) as { token: string };
      const foreign = await provider.token({ groups: [value] });
      const principals = await Promise.all(
        [own, foreign].map((token) => owner.stint.access.verify(token)),
      );
      const all = new Set(scopesOfRole[role]);
      expect(principals.map((one) => one?.scopes)).toEqual([all, all]);
      for (const [method, path, body] of [
        ['GET', '/v1/sessions'],
        ['GET', `/v1/sessions/${sessionId}`],
        ['GET', `/v1/sessions/00000000-0000-4000-8000-000000000000`],
        ['POST', '/v1/sessions', {}],
        ['GET', '/v1/tokens'],
        ['GET', '/v1/history'],
        ['PATCH', '/v1/settings', { httpProxy: 'nonsense' }],
        ['POST', '/v1/tokens', { name: '' }],
      ] as const) {
        const [ours, theirs] = await Promise.all(
          [own, foreign].map(async (token) => (await as(token, method, path, body)).status),
        );
        expect([method, path, theirs]).toEqual([method, path, ours]);
      }
    },
  );

  test('makes client tokens that end no later than it', async () => {
    const token = await provider.token({ groups: ['owners'] });
    const made = await as(token, 'POST', '/v1/tokens', { name: 'child', expires_in: 3600 });
    expect(made.status).toBe(201);
    const { expiresAt, token: child } = (await made.json()) as { expiresAt: string; token: string };
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 60_000);
    expect((await as(child)).status).toBe(200);
  });

  test('without a value that the file maps gets 403, which names the claim', async () => {
    const answer = await as(await provider.token({ groups: ['guests'] }));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      detail: expect.stringContaining('groups of the token has no value') as string,
      next: expect.stringContaining('issuer.json') as string,
    });
  });

  test('is refused once it has expired', async () => {
    const token = await provider.token();
    expect((await as(token)).status).toBe(200);
    await owner.pass(300);
    expect((await as(token)).status).toBe(401);
  });

  test('for another audience is refused', async () => {
    expect((await as(await provider.token({ resource: 'urn:other' }))).status).toBe(401);
  });

  test('of another issuer is refused without a request to that', async () => {
    const other = await startOidcIssuer();
    expect((await as(await other.token())).status).toBe(401);
    expect(other.requests('/.well-known/openid-configuration')).toBe(0);
    await other.stop();
  });

  test('that another issuer signed in its name is refused', async () => {
    const impostor = await startOidcIssuer({ named: provider.issuer });
    expect((await as(await impostor.token())).status).toBe(401);
    await impostor.stop();
  });

  test.each<[what: string, claims: Record<string, unknown>, header?: Record<string, string>]>([
    ['an ID token', {}, { typ: 'JWT' }],
    ['no expiry', { exp: undefined }],
    ['no time of issue', { iat: undefined }],
    ['an issue more than 30 days ago', { iat: 1_700_000_000 }],
    ['no subject', { sub: undefined }],
    ['a time before which it does not count', { nbf: 4_000_000_000 }],
    ['the key id of no key', {}, { kid: 'made-up' }],
  ])('is refused with %s', async (_what, claims, header = {}) => {
    expect((await as(await signed())).status).toBe(200);
    expect((await as(await signed(claims, header))).status).toBe(401);
  });

  test('is refused without a signature, or with one by a shared secret', async () => {
    const claims = { iss: provider.issuer, aud: 'stint', sub: 'x', groups: ['owners'] };
    const unsigned = new UnsecuredJWT(claims).setExpirationTime('1h').setIssuedAt().encode();
    expect((await as(unsigned)).status).toBe(401);
    const secret = new TextEncoder().encode(JSON.stringify(provider.key()));
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: provider.key().kid ?? '' })
      .setExpirationTime('1h')
      .setIssuedAt()
      .sign(secret);
    expect((await as(shared)).status).toBe(401);
  });

  test('takes its role from a claim inside others, and from an algorithm of the file alone', async () => {
    await trust({ claim: ['realm_access', 'roles'] });
    const nested = await signed({ realm_access: { roles: ['everyone'] } });
    expect((await as(nested)).status).toBe(200);
    await trust({ algorithms: ['RS256'] });
    expect((await as(await provider.token())).status).toBe(401);
  });
});

describe('the keys of the issuer', () => {
  test('are read again for a token with a new one, and the old one ends with its removal', async () => {
    const old = await provider.token();
    const kept = provider.key();
    expect((await as(old)).status).toBe(200);
    await provider.rotateKey({ kept: [kept] });
    await owner.pass(31);
    expect((await as(await provider.token())).status).toBe(200);
    expect((await as(await signed())).status).toBe(200);
    await provider.rotateKey();
    await owner.pass(31);
    expect((await as(await provider.token())).status).toBe(200);
    expect((await as(old)).status).toBe(401);
  });

  test('are not read again for each made-up key id', async () => {
    expect((await as(await provider.token())).status).toBe(200);
    await owner.pass(31);
    const before = provider.requests('/jwks');
    for (let count = 0; count < 20; count += 1) {
      expect((await as(await signed({}, { kid: `made-up-${count}` }))).status).toBe(401);
    }
    expect(provider.requests('/jwks')).toBe(before + 1);
  });

  test('that cannot be read are 503 with words, and own tokens still work', async () => {
    const token = await provider.token();
    provider.closed = true;
    const answer = await as(token);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      type: 'urn:stint:problem:access-unavailable',
      detail: expect.stringContaining(
        `Tokens of ${provider.issuer} cannot be checked now`,
      ) as string,
      next: expect.stringContaining('Client tokens of Stint itself work') as string,
    });
    expect((await owner.ask('GET', '/v1/sessions')).status).toBe(200);
    const { trustedIssuer } = await owner.client.request('GET', '/v1/owner');
    expect(trustedIssuer?.problem?.detail).toContain('cannot be checked now');
    provider.closed = false;
    await owner.pass(31);
    expect((await as(await provider.token())).status).toBe(200);
    expect((await owner.client.request('GET', '/v1/owner')).trustedIssuer).toEqual({
      file,
      issuer: provider.issuer,
      audience: 'stint',
    });
  });

  test('that were read within the hour count while the issuer is away', async () => {
    const token = await signed({ exp: Math.floor(Date.now() / 1000) + 7200 });
    expect((await as(token)).status).toBe(200);
    provider.closed = true;
    await owner.pass(20 * 60);
    expect((await as(token)).status).toBe(200);
    await owner.pass(50 * 60);
    expect((await as(token)).status).toBe(503);
    await owner.pass(-70 * 60);
  });
});

describe('the file of the issuer', () => {
  test('counts at once when it changes or is removed', async () => {
    const token = await provider.token();
    expect((await as(token)).status).toBe(200);
    await trust({ audience: 'elsewhere' });
    expect((await as(token)).status).toBe(401);
    await rm(file);
    expect((await as(token)).status).toBe(401);
    expect(await owner.stint.access.trustedIssuer()).toBeUndefined();
  });

  test('that is wrong turns its tokens away with 503 and is named by doctor', async () => {
    const token = await provider.token();
    await trust({ algorithms: ['HS256'] });
    expect((await as(token)).status).toBe(503);
    expect((await as(`${token}x.y.z`)).status).toBe(401);
    const { trustedIssuer } = await owner.client.request('GET', '/v1/owner');
    expect(trustedIssuer?.problem?.detail).toContain('algorithms.0');
  });
});
