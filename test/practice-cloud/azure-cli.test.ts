import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azureCliIn, type AzureCli } from './azure-cli.ts';
import { claimsOf } from '../support/claims.ts';
import { contoso, type Contoso } from './azure.ts';
import { makeClientCertificate } from './client-certificate.ts';
import { practiceForEachTest } from './practice.ts';

/**
 * With no Stint in between: Entra ID and Resource Manager are judged by Microsoft's own tool, under
 * Microsoft's own names.
 */
describe('the real Azure CLI', () => {
  const practice = practiceForEachTest();
  let anna: Contoso;
  let az: AzureCli;
  beforeEach(async () => {
    anna = await contoso(practice);
    az = await azureCliIn(practice);
  });
  afterEach(() => az.remove());

  it('signs in an application with its secret and gets tokens for what it may see', async () => {
    const { admin } = practice;
    const { clientId } = await admin.createApp({ tenant: anna.tenantId, name: 'pipeline' });
    const { secret } = await admin.addClientSecret({ clientId });
    const { subscriptionId } = await admin.createSubscription({
      tenant: anna.tenantId,
      name: 'payments-prod',
      principals: [clientId],
    });
    await admin.createSubscription({ tenant: anna.tenantId, name: 'somebody else’s' });
    const who = ['--service-principal', '--username', clientId, '--tenant', anna.tenantId];
    await expect(az.run('login', ...who, '--password', await az.fileOf('wrong'))).rejects.toThrow(
      'AADSTS7000215',
    );
    await az.run('login', ...who, '--password', await az.fileOf(secret));
    expect(await az.run('account', 'list')).toEqual([
      expect.objectContaining({
        id: subscriptionId,
        name: 'payments-prod',
        state: 'Enabled',
        tenantId: anna.tenantId,
        cloudName: 'AzureCloud',
        user: { name: clientId, type: 'servicePrincipal' },
      }),
    ]);
    const token = await az.run<{ accessToken: string; tenant: string }>(
      ...['account', 'get-access-token', '--subscription', subscriptionId],
    );
    expect(token.tenant).toBe(anna.tenantId);
    expect(claimsOf(token.accessToken)).toMatchObject({
      aud: 'https://management.core.windows.net/',
      appid: clientId,
      idtyp: 'app',
    });
    expect((await admin.calls()).at(-1)).toMatchObject({
      action: 'arm:GET /subscriptions',
      principal: clientId,
      tenant: anna.tenantId,
    });
  });

  it('signs in an application with its certificate', async () => {
    const { admin } = practice;
    const { clientId } = await admin.createApp({ tenant: anna.tenantId, name: 'pipeline' });
    const { certificate, key } = await makeClientCertificate();
    await admin.addClientCertificate({ clientId, certificate });
    const file = (await az.fileOf(`${key}\n${certificate}\n`)).slice(1);
    const login = await az.run<{ tenantId: string; user: object }[]>(
      ...['login', '--service-principal', '--allow-no-subscriptions', '--username', clientId],
      ...['--tenant', anna.tenantId, '--password', file],
    );
    expect(login).toEqual([
      expect.objectContaining({
        tenantId: anna.tenantId,
        user: { name: clientId, type: 'servicePrincipal' },
      }),
    ]);
  });

  it('signs in a person with a device code, in every tenant they are in', async () => {
    const { admin } = practice;
    await admin.setOverrides({ deviceIntervalSeconds: 1 });
    const { userName } = anna;
    const [home, guest] = [
      await admin.createSubscription({
        tenant: anna.tenantId,
        name: 'home',
        principals: [userName],
      }),
      await admin.createSubscription({
        tenant: anna.partnerId,
        name: 'guest',
        principals: [userName],
      }),
    ];
    const confirmed: Promise<void>[] = [];
    await az.runHearing(
      (words) => {
        const [, userCode] = /enter the code (\w+) to authenticate/.exec(words) ?? [];
        if (userCode !== undefined) confirmed.push(admin.confirmDeviceCode({ userCode, userName }));
      },
      ...['login', '--use-device-code'],
    );
    await Promise.all(confirmed);
    expect(confirmed).toHaveLength(1);
    const list = await az.run<{ id: string; tenantId: string; user: object }[]>('account', 'list');
    expect(list.map(({ id, tenantId, user }) => ({ id, tenantId, user }))).toEqual([
      { id: home.subscriptionId, tenantId: anna.tenantId, user: { name: userName, type: 'user' } },
      {
        id: guest.subscriptionId,
        tenantId: anna.partnerId,
        user: { name: userName, type: 'user' },
      },
    ]);
    const token = await az.run<{ accessToken: string }>(
      ...['account', 'get-access-token', '--subscription', guest.subscriptionId],
      ...['--resource', 'https://vault.azure.net'],
    );
    expect(claimsOf(token.accessToken)).toMatchObject({
      aud: 'https://vault.azure.net',
      tid: anna.partnerId,
      oid: anna.guestId,
    });
  });
});
