import { PublicClientApplication } from '@azure/msal-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizing, credentials, type Authorizing } from './authorizing.ts';
import { claimsOf } from '../support/claims.ts';
import { azureCli, contoso, resourceManagerScope, type Contoso } from './azure.ts';
import { msalNetwork } from './msal-network.ts';
import { practiceForEachTest } from './practice.ts';
import { listenForRedirect, type RedirectListener } from './redirect-listener.ts';
import { FormBrowser } from './saml-browser.ts';

const practice = practiceForEachTest();
let anna: Contoso;
let program: RedirectListener;
let address: Authorizing['address'];
let redeem: Authorizing['redeem'];
beforeEach(async () => {
  anna = await contoso(practice);
  program = await listenForRedirect();
  ({ address, redeem } = authorizing(practice, anna, program));
});
afterEach(() => program.close());

describe('a sign-in in a browser', () => {
  it('gives Microsoft’s own library an account and a token', async () => {
    const authority = `${practice.azure.entraEndpoint}/${anna.tenantId}`;
    const client = new PublicClientApplication({
      auth: { clientId: azureCli, authority, knownAuthorities: [new URL(authority).host] },
      system: { networkClient: msalNetwork(practice) },
    });
    const result = await client.acquireTokenInteractive({
      scopes: [resourceManagerScope],
      openBrowser: async (url) => {
        expect(new URL(url).origin).toBe(practice.azure.entraPagesEndpoint);
        const browser = new FormBrowser();
        await browser.send(await browser.open(url), credentials(anna));
      },
    });
    expect(result.account).toMatchObject({
      username: anna.userName,
      tenantId: anna.tenantId,
      homeAccountId: `${anna.objectId}.${anna.tenantId}`,
    });
    expect(claimsOf(result.accessToken)).toMatchObject({ oid: anna.objectId });
    const { account } = result;
    if (account === null) throw new Error('There is no account.');
    const silent = await client.acquireTokenSilent({
      scopes: ['https://vault.azure.net/.default'],
      account,
    });
    expect(claimsOf(silent.accessToken)).toMatchObject({ aud: 'https://vault.azure.net' });
  });

  it('asks for a password once, and comes back to the port the program listens on', async () => {
    const browser = new FormBrowser();
    const login = await browser.open(await address({ login_hint: anna.userName }));
    expect(login.title).toBe('Sign in');
    const wrong = await browser.send(login, { ...credentials(anna), password: 'guess' });
    expect(wrong.complaint).toBe('Your account or password is incorrect.');
    const back = await browser.send(wrong, credentials(anna));
    expect(back.title).toBe('Back at the program');
    const [answer] = program.answers;
    expect(answer).toEqual({ code: expect.any(String) as string, state: 'mine' });
    const tokens = await redeem(String(answer?.['code']));
    expect(claimsOf(String(tokens.json['id_token']))).toMatchObject({ nonce: 'once' });
    expect((await browser.open(await address({ prompt: 'none' }))).title).toBe(
      'Back at the program',
    );
    expect((await browser.open(await address({ prompt: 'select_account' }))).title).toBe(
      'Pick an account',
    );
    expect((await browser.open(await address({ prompt: 'login' }))).title).toBe('Sign in');
    expect(program.answers).toHaveLength(2);
  });

  it('lets a person choose between accounts', async () => {
    const { admin } = practice;
    const ben = await admin.createEntraUser({
      tenant: anna.tenantId,
      userName: 'ben@contoso.example',
    });
    const browser = new FormBrowser();
    await browser.send(await browser.open(await address()), credentials(anna));
    const choice = await browser.open(await address({ prompt: 'select_account' }));
    const login = await browser.send(choice, { userName: '' });
    await browser.send(login, credentials(ben));
    const both = await browser.open(await address());
    expect(both.title).toBe('Pick an account');
    await browser.send(both, { userName: ben.userName });
    const tokens = await redeem(String(program.answers.at(-1)?.['code']));
    expect(claimsOf(String(tokens.json['access_token']))['upn']).toBe(ben.userName);
  });

  it('asks for a code where the user or the tenant wants one', async () => {
    const { admin } = practice;
    const eve = await admin.createEntraUser({
      tenant: anna.tenantId,
      userName: 'eve@contoso.example',
      mfa: 'required',
    });
    const browser = new FormBrowser();
    const step = await browser.send(await browser.open(await address()), credentials(eve));
    expect(step.title).toBe('Enter code');
    const wrong = await browser.send(step, { code: 'abcdef' });
    expect(wrong.complaint).toContain('expected verification code');
    await browser.send(wrong, { code: await admin.entraCode(eve.userName) });
    const tokens = await redeem(String(program.answers[0]?.['code']));
    expect(claimsOf(String(tokens.json['access_token']))['amr']).toEqual(['pwd', 'mfa']);
    const hurried = { url: await address(), userName: eve.userName, mfa: false };
    await expect(admin.entraAuthorize(hurried)).rejects.toThrow('would have to give a code');
  });

  it('asks for consent, and tells the program when it is declined', async () => {
    const { admin } = practice;
    const { clientId } = await admin.createApp({
      tenant: anna.tenantId,
      name: 'desktop',
      isPublic: true,
      consented: false,
    });
    const browser = new FormBrowser();
    const consent = await browser.send(
      await browser.open(await address({ client_id: clientId })),
      anna,
    );
    expect(consent.title).toBe('Permissions requested');
    await browser.send(consent, { decision: 'decline' });
    expect(program.answers[0]).toMatchObject({
      error: 'access_denied',
      error_subcode: 'cancel',
      error_description: expect.stringMatching(/^AADSTS65004: /) as string,
      state: 'mine',
    });
    const again = await browser.open(await address({ client_id: clientId }));
    await browser.send(again, { decision: 'accept' });
    const tokens = await redeem(String(program.answers[1]?.['code']), { client_id: clientId });
    expect(tokens.json).toHaveProperty('access_token');
    await browser.open(await address({ client_id: clientId }));
    expect(program.answers).toHaveLength(3);
  });

  it('is for those who are in the tenant', async () => {
    await practice.admin.removeGuest({ tenant: anna.partnerId, userName: anna.userName });
    const browser = new FormBrowser();
    const page = await browser.send(
      await browser.open(await address({}, anna.partnerId)),
      credentials(anna),
    );
    expect(page.complaint).toContain('AADSTS50020');
    expect(program.answers).toEqual([]);
  });

  it('that nobody may be asked anything for fails without a signed-in browser', async () => {
    await new FormBrowser().open(await address({ prompt: 'none' }));
    expect(program.answers[0]).toMatchObject({ error: 'login_required', state: 'mine' });
  });

  it('answers in a form or a fragment, too', async () => {
    const browser = new FormBrowser();
    const form = await browser.send(
      await browser.open(await address({ response_mode: 'form_post' })),
      credentials(anna),
    );
    await browser.send(form, {});
    expect(program.answers[0]).toEqual({ code: expect.any(String) as string, state: 'mine' });
    const url = await address({ response_mode: 'fragment' });
    const { location } = await practice.admin.entraAuthorize({ url, userName: anna.userName });
    expect(new URL(location).hash).toMatch(/^#code=.+&state=mine$/);
  });
});
