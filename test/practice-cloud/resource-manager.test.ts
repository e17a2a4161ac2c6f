import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { DeviceCodeCredential } from '@azure/identity';
import { beforeEach, describe, expect, it } from 'vitest';
import { sampleAzure, type SampleAzure } from '../../practice-cloud/sample-azure.ts';
import { claimsOf } from '../support/claims.ts';
import { entra, https, refusalOf, type HttpsOptions } from './azure.ts';
import { practiceForEachTest } from './practice.ts';

const practice = practiceForEachTest();
const { options, signIn, refresh, token } = entra(practice);
let contoso: SampleAzure;
let bearer: string;
beforeEach(async () => {
  contoso = await sampleAzure(practice.admin);
  bearer = String((await signIn(contoso.tenantId, contoso.userName))['access_token']);
});

const version = 'api-version=2022-12-01';
const get = (path: string, accessToken = bearer, more: HttpsOptions = {}) =>
  https(practice, `${practice.azure.resourceManagerEndpoint}${path}`, {
    headers: { authorization: `Bearer ${accessToken}` },
    ...more,
  });
async function all<T>(list: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

const names = (answer: { readonly json: Readonly<Record<string, unknown>> }) =>
  (answer.json['value'] as { displayName: string }[]).map(({ displayName }) => displayName);

describe('Resource Manager', () => {
  it('tells the real Azure SDK tenants and subscriptions, page by page', async () => {
    await practice.admin.setOverrides({ resourceManagerPageSize: 2, deviceIntervalSeconds: 1 });
    const credential = new DeviceCodeCredential({
      tenantId: contoso.tenantId,
      clientId: contoso.desktopClientId,
      userPromptCallback: ({ userCode }) => {
        void practice.admin.confirmDeviceCode({ userCode, userName: contoso.userName });
      },
      ...(await options()),
    });
    const { tlsOptions } = await options();
    const endpoint = practice.azure.resourceManagerEndpoint;
    const client = new SubscriptionClient(credential, { endpoint, tlsOptions });
    expect(await all(client.tenants.list())).toEqual([
      expect.objectContaining({
        tenantId: contoso.tenantId,
        displayName: 'Contoso',
        defaultDomain: 'contoso.example',
        tenantCategory: 'Home',
      }),
      expect.objectContaining({ tenantId: contoso.partnerTenantId, displayName: 'Fabrikam' }),
    ]);
    const subscriptions = await all(client.subscriptions.list());
    expect(subscriptions.map(({ displayName, state }) => ({ displayName, state }))).toEqual([
      { displayName: 'payments-prod', state: 'Enabled' },
      { displayName: 'payments-dev', state: 'Enabled' },
      { displayName: 'sandbox', state: 'Disabled' },
    ]);
    const pages = (await practice.admin.calls()).filter(
      ({ action }) => action === 'arm:GET /subscriptions',
    );
    expect(pages).toHaveLength(2);
    const one = await client.subscriptions.get(contoso.subscriptions['payments-prod']);
    expect(one).toMatchObject({
      subscriptionId: contoso.subscriptions['payments-prod'],
      tenantId: contoso.tenantId,
    });
  });

  it('lets people change something with a second factor alone, and says so with a challenge', async () => {
    const path = `/subscriptions/${contoso.subscriptions['payments-prod']}/resourcegroups/rg?api-version=2021-04-01`;
    const put = (accessToken: string) =>
      get(path, accessToken, {
        method: 'PUT',
        headers: { authorization: `Bearer ${accessToken}` },
        json: { location: 'westeurope' },
      });
    const refused = await put(bearer);
    expect(refused.status).toBe(401);
    const challenge = String(refused.headers['www-authenticate']);
    expect(challenge).toContain('error="insufficient_claims"');
    const [, encoded = ''] = /claims="([^"]+)"/.exec(challenge) ?? [];
    const claims = Buffer.from(encoded, 'base64').toString();
    expect(JSON.parse(claims)).toEqual({
      access_token: { acrs: { essential: true, values: ['p1'] } },
    });
    expect((await get(path)).status).toBe(404);
    const ben = await practice.admin.createEntraUser({
      tenant: contoso.tenantId,
      userName: 'ben@contoso.example',
      mfa: 'registered',
    });
    await practice.admin.allowSubscription({
      subscriptionId: contoso.subscriptions['payments-prod'],
      principals: [ben.userName],
    });
    const strong = await signIn(contoso.tenantId, ben.userName, { claims });
    expect((await put(String(strong['access_token']))).status).toBe(201);
    expect((await get(path)).json).toMatchObject({ name: 'rg', location: 'westeurope' });
  });

  it('tells only what is of the token’s tenant and may be seen', async () => {
    const refreshToken = (await signIn(contoso.tenantId, contoso.userName))['refresh_token'];
    const { json } = await refresh(contoso.partnerTenantId, String(refreshToken));
    const asGuest = String(json['access_token']);
    expect(names(await get(`/subscriptions?${version}`, asGuest))).toEqual(['shared-data']);
    const { clientId, secret } = contoso.pipeline;
    const application = await token(contoso.tenantId, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: 'https://management.azure.com/.default',
    });
    const asApplication = String(application.json['access_token']);
    expect(names(await get(`/subscriptions?${version}`, asApplication))).toEqual(['payments-dev']);
    expect(names(await get(`/tenants?${version}`, asApplication))).toEqual(['Contoso']);
  });

  it('follows what an administrator changes', async () => {
    const { admin } = practice;
    const subscriptionId = contoso.subscriptions['payments-prod'];
    await admin.setSubscriptionState({ subscriptionId, state: 'Warned' });
    const path = `/subscriptions/${subscriptionId}?${version}`;
    expect((await get(path)).json).toMatchObject({ state: 'Warned' });
    const access = { subscriptionId, principals: [contoso.userName] };
    await admin.denySubscription(access);
    expect(names(await get(`/subscriptions?${version}`))).toEqual(['payments-dev', 'sandbox']);
    const refused = refusalOf(await get(path));
    expect(refused).toMatchObject({
      status: 403,
      code: 'AuthorizationFailed',
      message: expect.stringContaining(
        `The client '${contoso.userName}' with object id '${String(claimsOf(bearer)['oid'])}' does not have authorization to perform action 'Microsoft.Resources/subscriptions/read'`,
      ) as string,
    });
    await admin.allowSubscription(access);
    expect((await get(path)).status).toBe(200);
    const elsewhere = { subscriptionId, principals: ['nobody@contoso.example'] };
    await expect(admin.allowSubscription(elsewhere)).rejects.toThrow('is not in tenant');
  });

  it('refuses a subscription that is not there, of another tenant, or malformed', async () => {
    const unknown = '11111111-2222-3333-4444-555555555555';
    expect(refusalOf(await get(`/subscriptions/${unknown}?${version}`))).toEqual({
      status: 404,
      code: 'SubscriptionNotFound',
      message: `The subscription '${unknown}' could not be found.`,
    });
    const shared = contoso.subscriptions['shared-data'];
    const elsewhere = await get(`/subscriptions/${shared}?${version}`);
    expect(refusalOf(elsewhere)).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationTokenTenant',
      message: expect.stringContaining(
        `It must match the tenant 'https://sts.windows.net/${contoso.partnerTenantId}/'`,
      ) as string,
    });
    expect(elsewhere.headers['www-authenticate']).toContain(
      `authorization_uri="${practice.azure.entraEndpoint}/${contoso.partnerTenantId}"`,
    );
    expect(refusalOf(await get(`/subscriptions/all?${version}`))).toMatchObject({
      status: 400,
      code: 'InvalidSubscriptionId',
    });
  });

  it.each([
    ['/subscriptions', 'MissingApiVersionParameter', 400],
    ['/tenants?api-version=', 'MissingApiVersionParameter', 400],
    ['/subscriptions?api-version=newest', 'InvalidApiVersionParameter', 400],
    ['/tenants?api-version=2014-04-01', 'InvalidApiVersionParameter', 400],
    [`/subscriptions?${version}&$skiptoken=x`, 'InvalidSkipToken', 400],
    [`/elsewhere?${version}`, 'InvalidResourceType', 404],
  ])('refuses %s with %s', async (path, code, status) => {
    expect(refusalOf(await get(path))).toMatchObject({ code, status });
  });

  it('wants a token of Entra’s, for itself, that has not ended', async () => {
    const path = `/subscriptions?${version}`;
    const none = await get(path, '', { headers: {} });
    expect(refusalOf(none)).toEqual({
      status: 401,
      code: 'AuthenticationFailed',
      message: "Authentication failed. The 'Authorization' header is missing.",
    });
    expect(none.headers['www-authenticate']).toMatch(/^Bearer authorization_uri="https:/);
    const scheme = { headers: { authorization: 'Basic YTpi' } };
    expect(refusalOf(await get(path, '', scheme))).toMatchObject({
      status: 401,
      code: 'AuthenticationFailedInvalidHeader',
    });
    const [header, payload, signature] = bearer.split('.');
    const other = await signIn(contoso.tenantId, contoso.userName);
    const [, , foreign] = String(other['access_token']).split('.');
    for (const forged of [
      `${String(header)}.${String(payload)}.${String(foreign)}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${String(payload)}.${String(signature)}`,
    ]) {
      expect(refusalOf(await get(path, forged))).toMatchObject({
        status: 401,
        code: 'InvalidAuthenticationToken',
      });
    }
    const vault = await signIn(contoso.tenantId, contoso.userName, {
      scope: 'https://vault.azure.net/.default',
    });
    expect(refusalOf(await get(path, String(vault['access_token'])))).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationTokenAudience',
      message: expect.stringContaining(
        "The access token has been obtained for wrong audience or resource 'https://vault.azure.net'.",
      ) as string,
    });
    await practice.admin.setOverrides({ clockOffsetSeconds: 5400 });
    const expired = refusalOf(await get(path));
    expect(expired).toMatchObject({
      status: 401,
      code: 'ExpiredAuthenticationToken',
      message: expect.stringMatching(
        /^The access token expiry UTC time '\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M' is earlier than current UTC time '/,
      ) as string,
    });
  });

  it('takes tokens for either of its names, with a slash at the end or not', async () => {
    for (const name of ['https://management.azure.com', 'https://management.core.windows.net']) {
      for (const slash of ['', '/']) {
        const scope = `${name}${slash}/.default`;
        const { access_token: one } = await signIn(contoso.tenantId, contoso.userName, { scope });
        expect((await get(`/tenants?${version}`, String(one))).status).toBe(200);
      }
    }
  });

  it('no longer knows a deleted tenant', async () => {
    await practice.admin.removeTenant(contoso.tenantId);
    expect(refusalOf(await get(`/subscriptions?${version}`))).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationTokenTenant',
    });
  });

  it('tells where the cloud is without a token', async () => {
    const answer = await get('/metadata/endpoints?api-version=2022-09-01', '', { headers: {} });
    expect(answer.json).toEqual([
      expect.objectContaining({
        name: 'AzureCloud',
        resourceManager: `${practice.azure.resourceManagerEndpoint}/`,
        authentication: expect.objectContaining({
          loginEndpoint: practice.azure.entraEndpoint,
          audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
        }) as object,
      }),
    ]);
  });
});
