import { CreateTokenCommand, StartDeviceAuthorizationCommand } from '@aws-sdk/client-sso-oidc';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { center, deviceGrant, redirectUri, userName, type TestCenter } from './identity-center.ts';
import { practiceForEachTest, refusal } from './practice.ts';

const practice = practiceForEachTest();
let acme: TestCenter;
let client: { clientId: string; clientSecret: string };
beforeEach(async () => {
  acme = await center(practice);
  client = await acme.register();
});

const pass = (seconds: number) => practice.admin.setOverrides({ clockOffsetSeconds: seconds });

describe('a device code', () => {
  const begin = () =>
    acme.oidc.send(new StartDeviceAuthorizationCommand({ ...client, startUrl: acme.startUrl }));
  const poll = (deviceCode = '') =>
    acme.oidc.send(new CreateTokenCommand({ ...client, grantType: deviceGrant, deviceCode }));

  it('gives a token once the person has confirmed it, and then no more', async () => {
    const { deviceCode, userCode = '', interval, expiresIn } = await begin();
    expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect([interval, expiresIn]).toEqual([5, 600]);
    expect(await refusal(poll(deviceCode))).toMatchObject({
      code: 'AuthorizationPendingException',
      status: 400,
    });
    await practice.admin.approveDevice({ userCode, userName });
    await pass(6);
    expect(await poll(deviceCode)).toMatchObject({
      tokenType: 'Bearer',
      expiresIn: 3600,
      accessToken: expect.any(String) as string,
      refreshToken: expect.any(String) as string,
    });
    await pass(12);
    expect((await refusal(poll(deviceCode))).code).toBe('InvalidGrantException');
  });

  it('asks for patience, longer each time', async () => {
    const { deviceCode } = await begin();
    await refusal(poll(deviceCode));
    expect((await refusal(poll(deviceCode))).code).toBe('SlowDownException');
    await pass(6);
    expect((await refusal(poll(deviceCode))).code).toBe('SlowDownException');
    await pass(6 + 16);
    expect((await refusal(poll(deviceCode))).code).toBe('AuthorizationPendingException');
  });

  it('ends after ten minutes, and when it is refused', async () => {
    const late = await begin();
    const refused = await begin();
    await practice.admin.denyDevice({ userCode: String(refused.userCode) });
    expect((await refusal(poll(refused.deviceCode))).code).toBe('AccessDeniedException');
    await pass(601);
    expect((await refusal(poll(late.deviceCode))).code).toBe('ExpiredTokenException');
  });

  it('is for a start URL that is there', async () => {
    const begun = acme.oidc.send(
      new StartDeviceAuthorizationCommand({ ...client, startUrl: 'https://nobody.example' }),
    );
    expect((await refusal(begun)).code).toBe('InvalidRequestException');
  });
});

describe('an authorization code', () => {
  beforeEach(async () => {
    client = await acme.register(acme.codeClient);
  });
  const verifier = 'v'.repeat(64);
  const address = (changes: Record<string, string> = {}) =>
    `${practice.ssoEndpoint}/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      state: 'mine',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      scopes: 'sso:account:access',
      ...changes,
    }).toString()}`;
  const redeem = (code: string, changes: object = {}) =>
    acme.oidc.send(
      new CreateTokenCommand({
        ...client,
        grantType: 'authorization_code',
        code,
        codeVerifier: verifier,
        redirectUri,
        ...changes,
      }),
    );
  const codeOf = async (url = address()) =>
    new URL((await practice.admin.authorize({ url, userName })).location).searchParams.get(
      'code',
    ) ?? '';

  it('is given to the address that was registered, whatever its port, and works once', async () => {
    const { location } = await practice.admin.authorize({ url: address(), userName });
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1:4711\/oauth\/callback\?code=.+&state=mine$/);
    const code = new URL(location).searchParams.get('code') ?? '';
    expect(await redeem(code)).toMatchObject({ expiresIn: 3600 });
    expect((await refusal(redeem(code))).code).toBe('InvalidGrantException');
  });

  it.each([
    ['another verifier', { codeVerifier: 'w'.repeat(64) }],
    ['another address', { redirectUri: 'http://127.0.0.1:1/oauth/callback' }],
  ])('is not redeemed with %s', async (_, changes) => {
    expect((await refusal(redeem(await codeOf(), changes))).code).toBe('InvalidGrantException');
  });

  it('is not redeemed by another client, nor after five minutes', async () => {
    const other = await acme.register(acme.codeClient);
    expect((await refusal(redeem(await codeOf(), other))).code).toBe('InvalidGrantException');
    const code = await codeOf();
    await pass(301);
    expect((await refusal(redeem(code))).code).toBe('InvalidGrantException');
  });

  it.each([
    ['https://evil.example/oauth/callback', 400],
    ['http://127.0.0.1:4711/elsewhere', 400],
  ])('is sent nowhere else: %s', async (redirect, status) => {
    const answer = await fetch(address({ redirect_uri: redirect }), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([status, null]);
  });

  it('without PKCE is not given', async () => {
    const answer = await fetch(address({ code_challenge: '' }), { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain('error=invalid_request');
  });

  it('is given after name, password and consent on its own pages', async () => {
    const form = async (path: string, fields: Record<string, string>, cookie = '') =>
      await fetch(`${practice.ssoEndpoint}${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { cookie },
        redirect: 'manual',
      });
    const visitOf = (page: string) => /name="visit" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const visit = visitOf(await (await fetch(address())).text());
    const wrong = await form('/login', { visit, userName, password: 'wrong' });
    expect([wrong.status, await wrong.text()]).toEqual([
      403,
      expect.stringContaining('The user name or the password is wrong.'),
    ]);
    const right = await form('/login', { visit, userName, password: acme.password });
    const cookie = right.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await right.text()).toContain('Allow access');
    const withoutCookie = await form('/decide', { visit, decision: 'allow' });
    expect(withoutCookie.status).toBe(400);
    const allowed = await form('/decide', { visit, decision: 'allow' }, cookie);
    expect(allowed.headers.get('location')).toContain('code=');
    // The next sign-in asks for no password.
    const again = await (await fetch(address(), { headers: { cookie } })).text();
    expect(again).not.toContain('password');
    const denied = await form('/decide', { visit: visitOf(again), decision: 'deny' }, cookie);
    expect(denied.headers.get('location')).toContain('error=access_denied');
  });
});

describe('a registration', () => {
  it('lives 90 days', async () => {
    await pass(91 * 86_400);
    const begun = acme.oidc.send(
      new StartDeviceAuthorizationCommand({ ...client, startUrl: acme.startUrl }),
    );
    expect(await refusal(begun)).toMatchObject({ code: 'InvalidClientException', status: 401 });
  });

  it.each([
    [{ clientType: 'confidential' }, 'InvalidClientMetadataException'],
    [{ redirectUris: ['https://evil.example/callback'] }, 'InvalidRedirectUriException'],
    [{ grantTypes: ['password'] }, 'UnsupportedGrantTypeException'],
    [{ scopes: ['everything'] }, 'InvalidScopeException'],
    [{ grantTypes: ['authorization_code', 'refresh_token', deviceGrant] }, 'InvalidScopeException'],
    [{ redirectUris: ['http://[::1]/oauth/callback'] }, 'InvalidRedirectUriException'],
    [{ clientName: 'stínt' }, 'InvalidRequestException'],
    [{ clientName: 'a'.repeat(129) }, 'InvalidRequestException'],
  ])('is refused with %j', async (changes, code) => {
    expect((await refusal(acme.register(changes))).code).toBe(code);
  });

  it('uses no grant that it was not made for', async () => {
    const narrow = await acme.register({ grantTypes: [deviceGrant] });
    const asked = acme.oidc.send(
      new CreateTokenCommand({ ...narrow, grantType: 'refresh_token', refreshToken: 'x' }),
    );
    expect((await refusal(asked)).code).toBe('UnauthorizedClientException');
  });
});

describe('a token', () => {
  async function signIn(who = client) {
    const { deviceCode, userCode = '' } = await acme.oidc.send(
      new StartDeviceAuthorizationCommand({ ...who, startUrl: acme.startUrl }),
    );
    await practice.admin.approveDevice({ userCode, userName });
    return await acme.oidc.send(
      new CreateTokenCommand({ ...who, grantType: deviceGrant, deviceCode }),
    );
  }
  const refresh = (refreshToken = '') =>
    acme.oidc.send(new CreateTokenCommand({ ...client, grantType: 'refresh_token', refreshToken }));

  it('is refreshed with a refresh token that works once', async () => {
    const { refreshToken } = await signIn();
    const next = await refresh(refreshToken);
    expect(next.refreshToken).not.toBe(refreshToken);
    expect((await refusal(refresh(refreshToken))).code).toBe('InvalidGrantException');
    expect(await refresh(next.refreshToken)).toHaveProperty('accessToken');
  });

  it('of a client without scopes lives eight hours and cannot be refreshed', async () => {
    const legacy = await acme.register({ scopes: [] });
    const { refreshToken, expiresIn } = await signIn(legacy);
    expect([refreshToken, expiresIn]).toEqual([undefined, 28_800]);
  });
});
