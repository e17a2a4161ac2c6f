import { DeviceCodeCredential } from '@azure/identity';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimsOf } from '../support/claims.ts';
import {
  azureCli,
  contoso,
  entra,
  refusalOf,
  resourceManagerScope,
  type Contoso,
} from './azure.ts';
import { practiceForEachTest } from './practice.ts';
import { FormBrowser } from './saml-browser.ts';

const practice = practiceForEachTest();
const { options, token, deviceCode, signIn, refresh } = entra(practice);
let anna: Contoso;
beforeEach(async () => {
  anna = await contoso(practice);
  await practice.admin.setOverrides({ deviceIntervalSeconds: 1 });
});

const poll = (code: unknown, form: Readonly<Record<string, string>> = {}) =>
  token(anna.tenantId, {
    grant_type: 'device_code',
    client_id: azureCli,
    device_code: String(code),
    ...form,
  });

describe('a device code', () => {
  it('signs in a person with the real Azure SDK, once confirmed', async () => {
    let page = '';
    const credential = new DeviceCodeCredential({
      tenantId: anna.tenantId,
      ...(await options()),
      userPromptCallback: ({ userCode, verificationUri, message }) => {
        page = verificationUri;
        expect(message).toContain(`open the page ${page} and enter the code ${userCode}`);
        void practice.admin.confirmDeviceCode({ userCode, userName: anna.userName });
      },
    });
    const first = await credential.getToken(resourceManagerScope);
    expect(page).toBe(`${practice.azure.entraPagesEndpoint}/devicelogin`);
    expect(claimsOf(first.token)).toMatchObject({
      aud: 'https://management.azure.com',
      iss: `https://sts.windows.net/${anna.tenantId}/`,
      appid: azureCli,
      oid: anna.objectId,
      tid: anna.tenantId,
      upn: anna.userName,
      scp: 'user_impersonation',
      ver: '1.0',
    });
    // The same for another resource, by the refresh token: nobody is asked again.
    const vault = await credential.getToken('https://vault.azure.net/.default');
    expect(claimsOf(vault.token)).toMatchObject({ aud: 'https://vault.azure.net' });
    const actions = (await practice.admin.calls()).map(({ action }) => action);
    expect(actions.filter((one) => one === 'entra:DeviceCode')).toHaveLength(1);
    expect(actions.at(-1)).toBe('entra:Token/refresh_token');
  });

  it('is pending, then gives tokens once', async () => {
    const begun = await deviceCode('organizations');
    expect(begun.json).toMatchObject({ expires_in: 900, interval: 1 });
    const code = begun.json['device_code'];
    const pending = { status: 400, error: 'authorization_pending', code: 70016 };
    expect(refusalOf(await poll(code))).toEqual(pending);
    // Entra lists no slow_down: a client that polls again at once gets the same answer.
    expect(refusalOf(await poll(code))).toEqual(pending);
    await practice.admin.confirmDeviceCode({
      userCode: String(begun.json['user_code']),
      userName: anna.userName,
    });
    const urn = 'urn:ietf:params:oauth:grant-type:device_code';
    expect((await poll(code, { grant_type: urn })).json).toMatchObject({
      token_type: 'Bearer',
      scope: expect.stringContaining(resourceManagerScope) as string,
      foci: '1',
    });
    expect(refusalOf(await poll(code))).toMatchObject({ error: 'bad_verification_code' });
  });

  it('ends after fifteen minutes, and when it is declined', async () => {
    const late = await deviceCode(anna.tenantId);
    const declined = await deviceCode(anna.tenantId);
    await practice.admin.declineDeviceCode(String(declined.json['user_code']));
    expect(refusalOf(await poll(declined.json['device_code']))).toMatchObject({
      error: 'authorization_declined',
    });
    await practice.admin.setOverrides({ clockOffsetSeconds: 901 });
    expect(refusalOf(await poll(late.json['device_code']))).toEqual({
      status: 400,
      error: 'expired_token',
      code: 70020,
    });
  });

  it('is confirmed by a person on a page without TLS', async () => {
    const begun = await deviceCode(anna.tenantId);
    const page = String(begun.json['verification_uri']);
    const browser = new FormBrowser();
    expect((await browser.open(page)).title).toBe('Enter code to allow access');
    const wrong = await browser.open(`${page}?user_code=WRONGCODE`);
    expect(wrong.complaint).toBe('That code didn&#39;t work. Check the code and try again.');
    const userCode = String(begun.json['user_code']).toLowerCase();
    const login = await browser.open(`${page}?user_code=${userCode}`);
    const { userName, password } = anna;
    const refused = await browser.send(login, { userName, password: 'guess' });
    expect(refused.complaint).toBe('Your account or password is incorrect.');
    const confirm = await browser.send(login, { userName, password });
    expect(confirm.title).toBe('Are you trying to sign in to Microsoft Azure CLI?');
    expect(refusalOf(await poll(begun.json['device_code']))).toMatchObject({ code: 70016 });
    expect((await browser.send(confirm, { decision: 'accept' })).title).toBe('Done');
    expect((await poll(begun.json['device_code'])).json).toHaveProperty('access_token');
    // Another code, the same browser: no password any more.
    const next = await deviceCode(anna.tenantId);
    const again = await browser.open(`${page}?user_code=${String(next.json['user_code'])}`);
    expect(again.title).toBe('Are you trying to sign in to Microsoft Azure CLI?');
    await browser.send(again, { decision: 'decline' });
    expect(refusalOf(await poll(next.json['device_code']))).toMatchObject({
      error: 'authorization_declined',
    });
  });

  it('is for clients that are there, public, and say what they want', async () => {
    const { admin } = practice;
    const { clientId } = await admin.createApp({ tenant: anna.tenantId, name: 'pipeline' });
    const unknown = { client_id: '11111111-2222-3333-4444-555555555555' };
    const answers = [
      await deviceCode(anna.tenantId, unknown),
      await deviceCode(anna.tenantId, { client_id: clientId }),
      await deviceCode('organizations', { client_id: clientId }),
      await deviceCode(anna.tenantId, { scope: '' }),
      await deviceCode(anna.tenantId, { scope: 'https://unknown.example/.default' }),
      await deviceCode('nobody.example'),
    ];
    expect(answers.map(refusalOf)).toEqual([
      { status: 400, error: 'unauthorized_client', code: 700016 },
      { status: 401, error: 'invalid_client', code: 7000218 },
      { status: 400, error: 'invalid_request', code: 50194 },
      { status: 400, error: 'invalid_request', code: 900144 },
      { status: 400, error: 'invalid_resource', code: 500011 },
      { status: 400, error: 'invalid_request', code: 90002 },
    ]);
  });

  it('is confirmed by members and guests only', async () => {
    await practice.admin.removeGuest({ tenant: anna.partnerId, userName: anna.userName });
    const begun = await deviceCode(anna.partnerId);
    const confirmation = { userCode: String(begun.json['user_code']), userName: anna.userName };
    await expect(practice.admin.confirmDeviceCode(confirmation)).rejects.toThrow('AADSTS50020');
  });

  it('is consent to a program that nobody has consented to yet', async () => {
    const { admin } = practice;
    const desktop = { tenant: anna.tenantId, name: 'desktop', isPublic: true, consented: false };
    const { clientId } = await admin.createApp(desktop);
    const who = { client_id: clientId };
    const { refresh_token: refreshToken = '' } = await signIn(anna.tenantId, anna.userName, who);
    expect((await refresh(anna.tenantId, refreshToken, who)).status).toBe(200);
    const { userName } = await admin.createEntraUser({
      tenant: anna.tenantId,
      userName: 'ben@contoso.example',
    });
    const begun = await deviceCode(anna.tenantId, who);
    const page = `${String(begun.json['verification_uri'])}?user_code=${String(begun.json['user_code'])}`;
    expect((await new FormBrowser().open(page)).title).toBe('Sign in');
    await admin.confirmDeviceCode({ userCode: String(begun.json['user_code']), userName });
    expect((await poll(begun.json['device_code'], who)).status).toBe(200);
  });
});
