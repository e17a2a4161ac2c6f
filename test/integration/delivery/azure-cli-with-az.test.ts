import { AzureCliCredential } from '@azure/identity';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { azureCloudAt } from '../../../src/models/azure-cloud.ts';
import type { AzureCredentials } from '../../../src/models/credentials.ts';
import { azureCliIn, type AzureCli } from '../../practice-cloud/azure-cli.ts';
import { contoso, entra, type Contoso } from '../../practice-cloud/azure.ts';
import { practiceForEachTest } from '../../practice-cloud/practice.ts';
import { problemOf } from '../../support/scratch-delivery.ts';
import {
  replacing,
  azureCredentials,
  azureScratch,
  azureTarget,
  withoutReplacing,
  type AzureScratch,
} from '../../support/scratch-azure.ts';

/** The real az reads what Stint writes, and writes in between. */
const practice = practiceForEachTest();
let anna: Contoso;
let az: AzureCli;
let scratch: AzureScratch;
beforeEach(async () => {
  anna = await contoso(practice);
  await practice.admin.setOverrides({ deviceIntervalSeconds: 1 });
  az = await azureCliIn(practice);
  scratch = await azureScratch(az.configDir);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await az.remove();
});

interface Listed {
  readonly id: string;
  readonly isDefault: boolean;
}
interface Token {
  readonly accessToken: string;
  readonly tenant: string;
}

const list = () => az.run<readonly Listed[]>('account', 'list', '--all');
const tokenFor = (subscription: string) =>
  az.run<Token>('account', 'get-access-token', '--subscription', subscription);

async function offer(name: string, principal: string): Promise<string> {
  const { subscriptionId } = await practice.admin.createSubscription({
    tenant: anna.tenantId,
    name,
    principals: [principal],
  });
  return subscriptionId;
}

/** Another person, whom only Stint signs in. */
async function bob(subscription: string) {
  const userName = 'bob@contoso.example';
  const { objectId } = await practice.admin.createEntraUser({ tenant: anna.tenantId, userName });
  const subscriptionId = await offer(subscription, userName);
  const scope = 'https://management.core.windows.net//.default openid profile offline_access';
  const tokens = await entra(practice).signIn(anna.tenantId, userName, { scope });
  const credentials: AzureCredentials = {
    accessToken: String(tokens['access_token']),
    expiration: new Date(Date.now() + 3_000_000).toISOString(),
    tenantId: anna.tenantId,
    others: [],
    refused: [],
    account: {
      kind: 'user',
      username: userName,
      homeAccountId: `${objectId}.${anna.tenantId}`,
    },
  };
  const target = azureTarget(1, {
    tenantId: anna.tenantId,
    subscriptionId,
    subscriptionName: subscription,
  });
  return { subscriptionId, credentials, target };
}

/** The user's own application, signed in with az. */
async function ownLogin(name: string) {
  const { clientId } = await practice.admin.createApp({ tenant: anna.tenantId, name });
  const { secret } = await practice.admin.addClientSecret({ clientId });
  const subscriptionId = await offer(`${name}-subscription`, clientId);
  await az.run(
    ...['login', '--service-principal', '--username', clientId, '--tenant', anna.tenantId],
    ...['--password', await az.fileOf(secret)],
  );
  return { clientId, subscriptionId };
}

async function annaLogin(): Promise<void> {
  await az.runHearing(
    (words) => {
      const [, userCode] = /enter the code (\w+) to authenticate/.exec(words) ?? [];
      if (userCode === undefined) return;
      void practice.admin.confirmDeviceCode({ userCode, userName: anna.userName });
    },
    ...['login', '--use-device-code'],
  );
}

describe('az with a session beside two sign-ins of the user’s own', () => {
  it('gets the session’s token by its subscription, and its files are restored byte for byte', async () => {
    await offer('annas', anna.userName);
    await ownLogin('pipeline');
    await annaLogin();
    const before = [await scratch.profile.text(), await scratch.cache.text()];
    const standing = (await list()).find(({ isDefault }) => isDefault);
    const { target, credentials, subscriptionId } = await bob('payments');
    await scratch.delivery.write(target, credentials, withoutReplacing);
    expect(await tokenFor(subscriptionId)).toMatchObject({
      accessToken: credentials.accessToken,
      subscription: subscriptionId,
      tenant: anna.tenantId,
    });
    expect(await az.run('account', 'show')).toMatchObject({ id: standing?.id });
    expect(await scratch.delivery.inspect(target, [])).toMatchObject([
      { code: 'not-the-default', next: expect.stringContaining(subscriptionId) as string },
    ]);
    for (const [name, value] of Object.entries(az.env)) vi.stubEnv(name, value);
    const sdk = new AzureCliCredential({ subscription: subscriptionId });
    const { token } = await sdk.getToken('https://management.core.windows.net//.default');
    expect(token).toBe(credentials.accessToken);
    expect(await scratch.delivery.check(target, credentials)).toBe('intact');
    expect(await scratch.delivery.remove(target)).toEqual([]);
    expect([await scratch.profile.text(), await scratch.cache.text()]).toEqual(before);
    await expect(tokenFor(subscriptionId)).rejects.toThrow('not found');
  });
});

describe('what the user does with az meanwhile', () => {
  it('stays: a new sign-in, another default, a refreshed list', async () => {
    const { target, credentials, subscriptionId } = await bob('payments');
    await scratch.delivery.write(target, credentials, withoutReplacing);
    expect(await az.run('account', 'show')).toMatchObject({ id: subscriptionId, isDefault: true });
    const own = await ownLogin('pipeline');
    await az.run('account', 'set', '--subscription', subscriptionId);
    await az.run('account', 'set', '--subscription', own.subscriptionId);
    expect(await scratch.delivery.check(target, credentials)).toBe('intact');
    await scratch.delivery.write(
      target,
      { ...credentials, accessToken: 'renewed' },
      withoutReplacing,
    );
    expect(await az.run('account', 'show')).toMatchObject({ id: own.subscriptionId });
    expect(await tokenFor(subscriptionId)).toMatchObject({ accessToken: 'renewed' });
    await scratch.delivery.write(target, credentials, withoutReplacing);
    await az.run('account', 'list', '--refresh');
    expect(await scratch.delivery.check(target, credentials)).toBe('altered');
    expect(await scratch.delivery.remove(target)).toEqual([]);
    expect(await list()).toMatchObject([{ id: own.subscriptionId, isDefault: true }]);
    expect(await scratch.cache.text()).not.toContain('stint');
    expect(await tokenFor(own.subscriptionId)).toMatchObject({ tenant: anna.tenantId });
  });

  it('is noticed and repaired: everything cleared, the session’s account signed out', async () => {
    const { target, credentials, subscriptionId } = await bob('payments');
    await scratch.delivery.write(target, credentials, withoutReplacing);
    await az.run('account', 'clear');
    expect(await scratch.delivery.check(target, credentials)).toBe('missing');
    await scratch.delivery.write(target, credentials, withoutReplacing);
    expect(await tokenFor(subscriptionId)).toMatchObject({ accessToken: credentials.accessToken });
    await az.run('logout');
    expect(await scratch.delivery.check(target, credentials)).toBe('missing');
    expect(await scratch.delivery.remove(target)).toEqual([]);
    expect(await list()).toEqual([]);
    expect(existsSync(scratch.cache.path)).toBe(false);
  });
});

describe('a service principal', () => {
  it('is known to az by its client id, and the user’s own sign-in of it is restored', async () => {
    const own = await ownLogin('pipeline');
    const before = [await scratch.profile.text(), await scratch.cache.text()];
    const target = azureTarget(1, {
      tenantId: anna.tenantId,
      subscriptionId: own.subscriptionId,
      subscriptionName: 'the same',
    });
    const credentials = azureCredentials(1, {
      account: {
        kind: 'servicePrincipal',
        username: own.clientId,
        homeAccountId: `0b1ec7.${anna.tenantId}`,
      },
    });
    const problem = await problemOf(scratch.delivery.write(target, credentials, withoutReplacing));
    expect(problem).toMatchObject({ code: 'section-occupied' });
    await scratch.delivery.write(target, credentials, replacing);
    expect(await tokenFor(own.subscriptionId)).toMatchObject({
      accessToken: credentials.accessToken,
    });
    expect(await scratch.delivery.remove(target)).toEqual([]);
    expect([await scratch.profile.text(), await scratch.cache.text()]).toEqual(before);
    expect((await tokenFor(own.subscriptionId)).accessToken).not.toBe(credentials.accessToken);
  });
});

describe('national clouds', () => {
  it.each([
    ['AzureUSGovernment', 'https://login.microsoftonline.us'],
    ['AzureChinaCloud', 'https://login.partner.microsoftonline.cn'],
  ] as const)('az finds a session of %s once it works with that cloud', async (name, host) => {
    const { tenantId } = await practice.admin.createTenant({
      domain: 'nation.example',
      cloud: name,
    });
    const target = azureTarget(1, { cloud: azureCloudAt(host), tenantId });
    await scratch.delivery.write(target, azureCredentials(), withoutReplacing);
    expect(await scratch.delivery.inspect(target, [])).toMatchObject([
      { code: 'shadowed', next: expect.stringContaining(`az cloud set --name ${name}`) as string },
    ]);
    await az.run('cloud', 'set', '--name', name);
    expect(await tokenFor(target.subscriptionId)).toMatchObject({
      accessToken: azureCredentials().accessToken,
    });
    expect(await scratch.delivery.inspect(target, [])).toEqual([]);
    expect(await scratch.delivery.remove(target)).toEqual([]);
    expect(existsSync(scratch.cache.path)).toBe(false);
  });
});
