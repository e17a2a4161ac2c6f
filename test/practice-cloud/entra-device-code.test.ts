import { DeviceCodeCredential } from '@azure/identity';
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  azureCli,
  claimsOf,
  contoso,
  entra,
  refusalOf,
  resourceManagerScope,
  type Contoso,
} from './azure.ts';
import { practiceForEachTest } from './practice.ts';

const practice = practiceForEachTest();
const { token, deviceCode } = entra(practice);
let anna: Contoso;
beforeEach(async () => {
  anna = await contoso(practice);
  await practice.admin.setKnobs({ deviceIntervalSeconds: 1 });
});

const look = (code: unknown, form: Readonly<Record<string, string>> = {}) =>
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
      authorityHost: practice.azure.entraEndpoint,
      disableInstanceDiscovery: true,
      tlsOptions: { ca: await readFile(practice.azure.azureCaFile, 'utf8') },
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
    expect(refusalOf(await look(code))).toEqual(pending);
    // Entra lists no slow_down: who asks at once again is told the same.
    expect(refusalOf(await look(code))).toEqual(pending);
    await practice.admin.confirmDeviceCode({
      userCode: String(begun.json['user_code']),
      userName: anna.userName,
    });
    const urn = 'urn:ietf:params:oauth:grant-type:device_code';
    expect((await look(code, { grant_type: urn })).json).toMatchObject({
      token_type: 'Bearer',
      scope: expect.stringContaining(resourceManagerScope) as string,
      foci: '1',
    });
    expect(refusalOf(await look(code))).toMatchObject({ error: 'bad_verification_code' });
  });

  it('ends after fifteen minutes, and when it is declined', async () => {
    const late = await deviceCode(anna.tenantId);
    const declined = await deviceCode(anna.tenantId);
    await practice.admin.declineDeviceCode(String(declined.json['user_code']));
    expect(refusalOf(await look(declined.json['device_code']))).toMatchObject({
      error: 'authorization_declined',
    });
    await practice.admin.setKnobs({ clockOffsetSeconds: 901 });
    expect(refusalOf(await look(late.json['device_code']))).toEqual({
      status: 400,
      error: 'expired_token',
      code: 70020,
    });
  });
});
