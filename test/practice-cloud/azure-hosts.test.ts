import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { startPracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { claimsOf } from '../support/claims.ts';
import { azureCli, contoso, https, refusalOf, tunnelTo } from './azure.ts';
import { azureSdk } from './azure-sdk.ts';
import { practiceForEachTest } from './practice.ts';

const practice = practiceForEachTest();
const discovery = (origin: string, tenant: string) =>
  https(practice, `${origin}/${tenant}/v2.0/.well-known/openid-configuration`);

describe('discovery', () => {
  it('finds a tenant by id and by domain', async () => {
    const { tenantId } = await contoso(practice);
    const { entraEndpoint, entraPagesEndpoint } = practice.azure;
    const byId = await discovery(entraEndpoint, tenantId);
    expect(byId.json).toMatchObject({
      issuer: `${entraEndpoint}/${tenantId}/v2.0`,
      token_endpoint: `${entraEndpoint}/${tenantId}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${entraEndpoint}/${tenantId}/oauth2/v2.0/devicecode`,
      // The page a person opens asks for no trust in the practice cloud's CA.
      authorization_endpoint: `${entraPagesEndpoint}/${tenantId}/oauth2/v2.0/authorize`,
    });
    expect((await discovery(entraEndpoint, 'Contoso.example')).json).toEqual(byId.json);
  });

  it.each(['common', 'organizations'])('answers for %s with a pattern', async (authority) => {
    const { entraEndpoint } = practice.azure;
    expect((await discovery(entraEndpoint, authority)).json).toMatchObject({
      issuer: `${entraEndpoint}/{tenantid}/v2.0`,
      token_endpoint: `${entraEndpoint}/${authority}/oauth2/v2.0/token`,
    });
  });

  it('refuses tenants that are not there, gone, or no names at all', async () => {
    const { entraEndpoint } = practice.azure;
    const { tenantId } = await contoso(practice);
    await practice.admin.removeTenant(tenantId);
    for (const tenant of [tenantId, 'contoso.example', '11111111-2222-3333-4444-555555555555']) {
      const answer = await discovery(entraEndpoint, tenant);
      expect(refusalOf(answer)).toEqual({ status: 400, error: 'invalid_tenant', code: 90002 });
    }
    expect(refusalOf(await discovery(entraEndpoint, 'nonsense'))).toEqual({
      status: 400,
      error: 'invalid_tenant',
      code: 900023,
    });
  });

  it('knows which hosts are Microsoft’s', async () => {
    const { tenantId } = await contoso(practice);
    const instance = (host: string) =>
      https(
        practice,
        `https://login.microsoftonline.com/common/discovery/instance?${new URLSearchParams({
          'api-version': '1.1',
          authorization_endpoint: `https://${host}/${tenantId}/oauth2/v2.0/authorize`,
        }).toString()}`,
      );
    expect((await instance('login.microsoftonline.com')).json).toMatchObject({
      tenant_discovery_endpoint: `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`,
    });
    expect(refusalOf(await instance('evil.example'))).toEqual({
      status: 400,
      error: 'invalid_instance',
      code: 50049,
    });
  });
});

describe('the certificate', () => {
  it('is of the practice cloud’s own CA and nobody else’s', async () => {
    const { port } = new URL(practice.azure.entraEndpoint);
    const address = { host: '127.0.0.1', port: Number(port), servername: 'localhost' };
    const stranger = connect(address);
    const [error] = (await once(stranger, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const ca = await readFile(practice.azure.azureCaFile, 'utf8');
    const friend = connect({ ...address, ca });
    await once(friend, 'secureConnect');
    expect(friend.authorized).toBe(true);
    friend.destroy();
  });

  it('is gone with the practice cloud, and another one has another', async () => {
    const [one, other] = [await startPracticeCloud(), await startPracticeCloud()];
    const pem = await readFile(one.azureCaFile, 'utf8');
    expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/);
    expect(await readFile(other.azureCaFile, 'utf8')).not.toBe(pem);
    await Promise.all([one.close(), other.close()]);
    await expect(readFile(one.azureCaFile)).rejects.toThrow('ENOENT');
  });
});

describe('the proxy', () => {
  const hosts = [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
    'management.azure.com',
    'management.core.windows.net',
    'management.usgovcloudapi.net',
    'management.chinacloudapi.cn',
  ];
  it.each(hosts)('answers for %s with a certificate in that name', async (host) => {
    const ca = await readFile(practice.azure.azureCaFile, 'utf8');
    const tunnel = await tunnelTo(`${host}:443`, practice.azure.azureProxy);
    const secure = connect({ socket: tunnel, servername: host, ca });
    await once(secure, 'secureConnect');
    expect(secure.authorized).toBe(true);
    secure.destroy();
  });

  it('lets nothing else through, and remembers what was asked', async () => {
    const { azureProxy } = practice.azure;
    const others = ['graph.microsoft.com:443', 'login.microsoftonline.com:80', 'localhost:443'];
    for (const address of others) {
      await expect(tunnelTo(address, azureProxy)).rejects.toThrow(`answers 403 for ${address}`);
    }
    expect((await practice.admin.calls()).map(({ action, error }) => ({ action, error }))).toEqual(
      others.map((address) => ({ action: `proxy:${address}`, error: 'Forbidden' })),
    );
  });

  it.each([
    ['AzureCloud', 'login.microsoftonline.com', 'management.azure.com', 'sts.windows.net'],
    [
      'AzureUSGovernment',
      'login.microsoftonline.us',
      'management.usgovcloudapi.net',
      'sts.windows.net',
    ],
    [
      'AzureChinaCloud',
      'login.chinacloudapi.cn',
      'management.chinacloudapi.cn',
      'sts.chinacloudapi.cn',
    ],
  ] as const)(
    'serves %s under its own names to the real Azure SDK',
    async (cloud, login, arm, sts) => {
      const { admin, azure } = practice;
      const { tenantId } = await admin.createTenant({ domain: 'agency.example', cloud });
      const { clientId } = await admin.createApp({ tenant: tenantId, name: 'pipeline' });
      const { secret } = await admin.addClientSecret({ clientId });
      await admin.createSubscription({ tenant: tenantId, name: 'agency', principals: [clientId] });
      const told = await azureSdk(azure, {
        AZURE_AUTHORITY_HOST: `https://${login}`,
        AZURE_TENANT_ID: tenantId,
        AZURE_CLIENT_ID: clientId,
        AZURE_CLIENT_SECRET: secret,
        RESOURCE_MANAGER: `https://${arm}`,
      });
      expect(claimsOf(told.token)).toMatchObject({
        aud: `https://${arm}`,
        iss: `https://${sts}/${tenantId}/`,
      });
      expect(told.subscriptions).toEqual(['agency']);
    },
  );

  it('keeps the clouds apart', async () => {
    const { admin } = practice;
    const { tenantId } = await admin.createTenant({
      domain: 'agency.example',
      cloud: 'AzureUSGovernment',
    });
    const elsewhere = await discovery('https://login.microsoftonline.com', tenantId);
    expect(refusalOf(elsewhere)).toMatchObject({ code: 90002 });
    expect((await discovery('https://login.microsoftonline.us', tenantId)).status).toBe(200);
    const scope = 'https://management.azure.com/.default';
    const device = await https(
      practice,
      `https://login.microsoftonline.us/${tenantId}/oauth2/v2.0/devicecode`,
      { form: { client_id: azureCli, scope } },
    );
    expect(refusalOf(device)).toMatchObject({ error: 'invalid_resource', code: 500011 });
  });
});
