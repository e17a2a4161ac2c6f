import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizing, type Authorizing } from './authorizing.ts';
import { claimsOf } from '../support/claims.ts';
import { azureCli, contoso, entra, refusalOf, type Contoso } from './azure.ts';
import { practiceForEachTest } from './practice.ts';
import { listenForRedirect, type RedirectListener } from './redirect-listener.ts';
import { FormBrowser } from './saml-browser.ts';

const practice = practiceForEachTest();
const { token } = entra(practice);
let anna: Contoso;
let program: RedirectListener;
let address: Authorizing['address'];
let redeem: Authorizing['redeem'];
let codeOf: Authorizing['codeOf'];
beforeEach(async () => {
  anna = await contoso(practice);
  program = await listenForRedirect();
  ({ address, redeem, codeOf } = authorizing(practice, anna, program));
});
afterEach(() => program.close());

describe('an authorization code', () => {
  it('works once', async () => {
    const code = await codeOf();
    expect((await redeem(code)).status).toBe(200);
    expect(refusalOf(await redeem(code))).toEqual({
      status: 400,
      error: 'invalid_grant',
      code: 54005,
    });
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(64) }, 501_481],
    ['another address', { redirect_uri: 'http://localhost:1' }, 500_112],
    ['a made-up code', { code: 'made-up' }, 9_002_313],
  ])('is not redeemed with %s', async (_, changes, code) => {
    const refused = await redeem(await codeOf(), changes);
    expect(refusalOf(refused)).toEqual({ status: 400, error: 'invalid_grant', code });
  });

  it('is not redeemed without a verifier, by another client, elsewhere or too late', async () => {
    const { clientId } = await practice.admin.createApp({
      tenant: anna.tenantId,
      name: 'desktop',
      isPublic: true,
    });
    const withoutVerifier = await token(anna.tenantId, {
      grant_type: 'authorization_code',
      client_id: azureCli,
      redirect_uri: program.redirectUri,
      code: await codeOf(),
    });
    expect(refusalOf(withoutVerifier)).toMatchObject({ code: 50148 });
    const other = await redeem(await codeOf(), { client_id: clientId });
    expect(refusalOf(other)).toMatchObject({ code: 9002313 });
    const elsewhere = await redeem(await codeOf(), {}, anna.partnerId);
    expect(refusalOf(elsewhere)).toMatchObject({ code: 700005 });
    const code = await codeOf();
    await practice.admin.setOverrides({ clockOffsetSeconds: 601 });
    expect(refusalOf(await redeem(code))).toMatchObject({ error: 'invalid_grant', code: 70008 });
  });

  it('of any tenant’s address is for the user’s own', async () => {
    const code = await codeOf({}, 'organizations');
    const tokens = await redeem(code, {}, 'organizations');
    expect(claimsOf(String(tokens.json['access_token']))['tid']).toBe(anna.tenantId);
  });

  it.each([
    'http://localhost.evil.example',
    'https://evil.example',
    'http://localhost/elsewhere',
    'urn:ietf:wg:oauth:2.0:oob',
  ])('is sent nowhere that is not registered: %s', async (redirectUri) => {
    const answer = await fetch(await address({ redirect_uri: redirectUri }), {
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await answer.text()).toContain('AADSTS50011');
  });

  it('is sent to a registered address of a web server only as a whole', async () => {
    const { clientId } = await practice.admin.createApp({
      tenant: anna.tenantId,
      name: 'desktop',
      isPublic: true,
      redirectUris: ['https://app.contoso.example/back', 'http://127.0.0.1/back'],
    });
    const status = async (redirectUri: string) => {
      const url = await address({ client_id: clientId, redirect_uri: redirectUri });
      return (await fetch(url)).status;
    };
    expect(await status('https://app.contoso.example/back')).toBe(200);
    expect(await status('https://app.contoso.example:8443/back')).toBe(400);
    expect(await status('http://127.0.0.1:4711/back')).toBe(200);
    expect(await status('http://localhost:4711/back')).toBe(400);
  });

  it.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['as another type', { response_type: 'token' }, 'unsupported_response_type'],
    ['for an unknown resource', { scope: 'https://unknown.example/.default' }, 'invalid_resource'],
  ])('is not given %s; the program gets an error', async (_, changes, error) => {
    await new FormBrowser().open(await address(changes));
    expect(program.answers).toEqual([
      expect.objectContaining({
        error,
        error_description: expect.stringMatching(/^AADSTS\d+: /) as string,
        state: 'mine',
      }),
    ]);
  });

  it('is not given to a client that is not there', async () => {
    const page = await fetch(await address({ client_id: '11111111-2222-3333-4444-555555555555' }));
    expect([page.status, await page.text()]).toEqual([
      400,
      expect.stringContaining('AADSTS700016'),
    ]);
  });
});
