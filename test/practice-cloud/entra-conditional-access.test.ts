import { beforeEach, describe, expect, it } from 'vitest';
import { contoso, entra, refusalOf, type Contoso } from './azure.ts';
import { practiceForEachTest } from './practice.ts';

const practice = practiceForEachTest();
const { deviceCode, token, signIn, refresh } = entra(practice);
const vault = { scope: 'https://vault.azure.net/.default offline_access' };
let anna: Contoso;
beforeEach(async () => {
  anna = await contoso(practice);
});

describe('Conditional Access', () => {
  it('wants a code for one resource in one tenant, and says so with a claims challenge', async () => {
    const { admin } = practice;
    const ben = await admin.createEntraUser({
      tenant: anna.tenantId,
      userName: 'ben@contoso.example',
      mfa: 'registered',
    });
    const begun = await deviceCode(anna.tenantId);
    const userCode = String(begun.json['user_code']);
    await admin.confirmDeviceCode({ userCode, userName: ben.userName, mfa: false });
    const { json: tokens } = await token(anna.tenantId, {
      grant_type: 'device_code',
      client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      device_code: String(begun.json['device_code']),
    });
    const refreshToken = String(tokens['refresh_token']);
    await admin.setConditionalAccess({
      tenant: anna.tenantId,
      resource: 'keyVault',
      requirement: 'mfa',
    });
    expect((await refresh(anna.tenantId, refreshToken)).status).toBe(200);
    const refused = await refresh(anna.tenantId, refreshToken, vault);
    expect(refusalOf(refused)).toEqual({ status: 400, error: 'interaction_required', code: 50076 });
    expect(refused.json['suberror']).toBe('basic_action');
    const claims = String(refused.json['claims']);
    expect(JSON.parse(claims)).toEqual({
      access_token: { capolids: { essential: true, values: [expect.any(String)] } },
    });

    // The challenge goes along with the next sign-in: no getting by without a code.
    const again = await deviceCode(anna.tenantId, { claims });
    const next = { userCode: String(again.json['user_code']), userName: ben.userName };
    await expect(admin.confirmDeviceCode({ ...next, mfa: false })).rejects.toThrow(
      'would have to give a code',
    );
    const strong = await signIn(anna.tenantId, ben.userName, { claims });
    const answer = await refresh(anna.tenantId, String(strong['refresh_token']), vault);
    expect(answer.status).toBe(200);
  });

  it('tells who has no device for codes to get one', async () => {
    const { admin } = practice;
    const { refresh_token: refreshToken = '' } = await signIn(anna.tenantId, anna.userName);
    const policy = {
      tenant: anna.tenantId,
      resource: 'resourceManager',
      requirement: 'mfa',
    } as const;
    await admin.setConditionalAccess(policy);
    expect(refusalOf(await refresh(anna.tenantId, refreshToken))).toMatchObject({ code: 50079 });
    const begun = await deviceCode(anna.tenantId);
    await expect(
      admin.confirmDeviceCode({
        userCode: String(begun.json['user_code']),
        userName: anna.userName,
      }),
    ).rejects.toThrow('AADSTS50079');
  });

  it('blocks a resource whatever one brings, until it is lifted', async () => {
    const { admin } = practice;
    const { refresh_token: refreshToken = '' } = await signIn(anna.tenantId, anna.userName);
    const policy = { tenant: anna.partnerId, resource: 'resourceManager' } as const;
    await admin.setConditionalAccess({ ...policy, requirement: 'block' });
    const refused = await refresh(anna.partnerId, refreshToken);
    expect(refusalOf(refused)).toEqual({ status: 400, error: 'interaction_required', code: 53003 });
    expect(refused.json['suberror']).toBe('message_only');
    expect((await refresh(anna.tenantId, refreshToken)).status).toBe(200);
    await admin.setConditionalAccess({ ...policy, requirement: null });
    expect((await refresh(anna.partnerId, refreshToken)).status).toBe(200);
  });
});
