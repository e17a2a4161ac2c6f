import { AzureCliCredential } from '@azure/identity';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { azureTenant, type Tenant } from '../../support/azure-tenant.ts';
import { claimsOf } from '../../support/claims.ts';
import { foreignTables, pythonCache } from '../../support/scratch-azure.ts';
import { scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';
import { azureCliIn, type AzureCli } from '../../practice-cloud/azure-cli.ts';

let owner: ScratchOwner;
let tenant: Tenant;
let az: AzureCli;
/** The user's own cache, as another account left it. */
const before = pythonCache(foreignTables());
const cacheFile = () => join(az.configDir, 'msal_token_cache.json');
beforeAll(async () => {
  owner = await scratchOwner();
  const { azureConfigDir } = owner.stint.settings.current();
  az = await azureCliIn(owner, azureConfigDir);
  tenant = await azureTenant(owner, 'acme');
  await tenant.offer('Payments');
  await tenant.sync();
});
afterAll(async () => {
  await az.remove();
  await owner.close();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await owner.stint.sessions.stop(tenant.session('Payments').sessionId, { by });
});

interface Printed {
  readonly accessToken: string;
  readonly tenant: string;
}
const start = async () =>
  await owner.stint.sessions.start(tenant.session('Payments').sessionId, { by });
const printed = async (...args: string[]) =>
  await az.run<Printed>('account', 'get-access-token', ...args);
const audience = (token: string) => claimsOf(token)['aud'];
/** A service that most tenants use less than Resource Manager. */
const kubernetes = '6dae42f8-4368-4678-94ff-3960e28e3630';

describe('in the folder that az shares with everything else, a started session', () => {
  it('can be used with az until its stop, and nothing is left then', async () => {
    const { subscriptionId } = tenant.session('Payments');
    expect((await start()).findings).toEqual([]);
    expect(await az.run('account', 'show')).toMatchObject({ id: subscriptionId, name: 'Payments' });
    // Resource Manager accepts the token that az got from Stint.
    const url = `https://management.azure.com/subscriptions/${subscriptionId}?api-version=2022-12-01`;
    expect(await az.run('rest', '--method', 'get', '--url', url)).toMatchObject({ subscriptionId });
    await owner.stint.sessions.rotate(tenant.session('Payments').sessionId, { by });
    expect(await printed('--subscription', subscriptionId)).toMatchObject({
      tenant: tenant.tenantId,
    });
    const { leftovers } = await owner.stint.sessions.stop(tenant.session('Payments').sessionId, {
      by,
    });
    expect(leftovers).toEqual([]);
    expect(existsSync(cacheFile())).toBe(false);
    await expect(az.run('account', 'show')).rejects.toThrow('az login');
  });

  it.each([
    ['--resource', 'https://management.core.windows.net/'],
    ['--resource', 'https://management.azure.com'],
    ['--resource', 'https://management.azure.com/'],
    ['--scope', 'https://management.azure.com/.default'],
    ['--resource', 'https://vault.azure.net'],
    ['--resource-type', 'oss-rdbms'],
    ['--scope', 'https://database.windows.net//.default'],
    ['--resource', kubernetes],
  ])('has a token for az account get-access-token %s %s --tenant', async (flag, value) => {
    await start();
    const { tenantId } = tenant;
    const { accessToken, tenant: of } = await printed(flag, value, '--tenant', tenantId);
    expect(of).toBe(tenantId);
    const asked = flag === '--resource-type' ? 'https://ossrdbms-aad.database.windows.net' : value;
    const bare = (resource: unknown) => String(resource).replace(/\/+(\.default)?$/, '');
    expect(bare(audience(accessToken))).toBe(bare(asked));
    expect(claimsOf(accessToken)).toMatchObject({ tid: tenantId, upn: tenant.userName });
  });

  it('has tokens for AzureCliCredential of JavaScript and Python, with and without a tenant', async () => {
    await start();
    for (const [name, value] of Object.entries(az.env)) vi.stubEnv(name, value);
    const { tenantId } = tenant;
    const storage = await new AzureCliCredential({ tenantId }).getToken(
      'https://storage.azure.com/.default',
    );
    expect(audience(storage.token)).toBe('https://storage.azure.com');
    const manager = await new AzureCliCredential().getToken(
      'https://management.azure.com/.default',
    );
    expect(audience(manager.token)).toBe('https://management.azure.com');
    const program = `
from azure.identity import AzureCliCredential
print(AzureCliCredential(tenant_id=${JSON.stringify(tenantId)}).get_token('https://graph.microsoft.com/.default').token)
print(AzureCliCredential().get_token('https://vault.azure.net/.default').token)`;
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', program], {
      env: az.env,
    });
    expect(stdout.trim().split('\n').map(audience)).toEqual([
      'https://graph.microsoft.com',
      'https://vault.azure.net',
    ]);
  });

  it('has all its tokens renewed together, and the user’s own entries stay byte for byte', async () => {
    await mkdir(az.configDir, { recursive: true, mode: 0o700 });
    await writeFile(cacheFile(), before, { mode: 0o600 });
    await start();
    const secrets = async () => {
      const { AccessToken } = JSON.parse(await readFile(cacheFile(), 'utf8')) as ReturnType<
        typeof foreignTables
      >;
      const entries = Object.values(AccessToken ?? {}) as { target: string; secret: string }[];
      return new Map(entries.map(({ target, secret }) => [target, secret]));
    };
    const first = await secrets();
    // Resource Manager by both its names, Key Vault, Storage, Graph, two databases, AKS; one is the user's.
    expect(first.size).toBe(9);
    // A token of the same second would be the same.
    await owner.pass(2);
    await owner.stint.sessions.rotate(tenant.session('Payments').sessionId, { by });
    const second = await secrets();
    const same = [...second].filter(([target, secret]) => first.get(target) === secret);
    expect(same).toEqual([['https://management.core.windows.net//.default', 'foreign-token']]);
    await owner.stint.sessions.stop(tenant.session('Payments').sessionId, { by });
    expect(await readFile(cacheFile(), 'utf8')).toBe(before);
  });

  it('has tokens for resources of the user’s own list; a refused one is a warning', async () => {
    const { settings } = owner.stint;
    // Key Vault by its application id.
    const own = 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093';
    await settings.change({ azureResources: `https://nothing.example, ${own}` });
    await owner.cloud.setConditionalAccess({
      tenant: tenant.tenantId,
      resource: 'storage',
      requirement: 'block',
    });
    await start();
    // What is kept of a token is used until it is renewed.
    const { sessionId } = tenant.session('Payments');
    const { session, findings, prompts } = await owner.stint.sessions.rotate(sessionId, { by });
    expect({ status: session.status, prompts }).toEqual({ status: 'active', prompts: [] });
    expect(findings).toMatchObject([{ code: 'resource-refused' }]);
    expect(findings[0]?.message).toContain('https://nothing.example (AADSTS500011');
    expect(findings[0]?.message).toContain('https://storage.azure.com (AADSTS53003');
    expect(findings[0]?.message).not.toContain(own);
    expect(audience((await printed('--resource', own)).accessToken)).toBe(own);
  });
});
