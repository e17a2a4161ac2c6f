import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { azureCloudAt } from '../../../src/models/azure-cloud.ts';
import {
  replacing,
  azureCredentials,
  azureScratch,
  azureTarget,
  foreignSubscription,
  foreignTables,
  pythonCache,
  pythonProfile,
  subscriptionId,
  tenants,
  withoutReplacing,
  type AzureScratch,
} from '../../support/scratch-azure.ts';
import { problemOf } from '../../support/scratch-delivery.ts';

interface Profile {
  readonly subscriptions: readonly { readonly id: string; readonly isDefault: boolean }[];
}
const defaults = async ({ profile }: AzureScratch) =>
  ((await profile.json()) as Profile).subscriptions.map(({ id, isDefault }) => [id, isDefault]);
const tables = async ({ cache }: AzureScratch) =>
  (await cache.json()) as Record<'Account' | 'AccessToken', Record<string, object>>;

describe('the default subscription', () => {
  it('is the session’s only if there was none, and the user’s choice stays', async () => {
    const scratch = await azureScratch();
    await scratch.delivery.write(azureTarget(1), azureCredentials(), withoutReplacing);
    await scratch.delivery.write(azureTarget(2), azureCredentials(), withoutReplacing);
    expect(await defaults(scratch)).toEqual([
      [subscriptionId(1), true],
      [subscriptionId(2), false],
    ]);
    const chosen = String(await scratch.profile.text())
      .replace('"isDefault": true, "tenantId"', '"isDefault": no, "tenantId"')
      .replace('"isDefault": false, "tenantId"', '"isDefault": true, "tenantId"')
      .replace('"isDefault": no', '"isDefault": false');
    await scratch.profile.write(chosen);
    expect(await scratch.delivery.check(azureTarget(1), azureCredentials())).toBe('intact');
    await scratch.delivery.write(azureTarget(1), azureCredentials(3), withoutReplacing);
    expect(await scratch.profile.text()).toBe(chosen);
    expect(await scratch.delivery.inspect(azureTarget(1), [])).toMatchObject([
      { code: 'not-the-default', message: expect.stringContaining('Subscription 2') as string },
    ]);
    expect(await scratch.delivery.inspect(azureTarget(2), [])).toEqual([]);
  });
});

describe('sessions of one account', () => {
  it('share its entry and its token, which are removed with the last session', async () => {
    const scratch = await azureScratch();
    const [one, two] = [azureTarget(1), azureTarget(2)];
    await scratch.delivery.write(one, azureCredentials(2), withoutReplacing);
    await scratch.delivery.write(two, azureCredentials(1), withoutReplacing);
    // The token that lasts longer serves both.
    expect(await scratch.cache.text()).toContain('stint-token-2.');
    expect(await scratch.delivery.check(one, azureCredentials(2))).toBe('intact');
    expect(await scratch.delivery.check(two, azureCredentials(1))).toBe('intact');
    expect(Object.keys((await tables(scratch)).Account)).toHaveLength(1);
    await scratch.delivery.remove(one);
    expect(await scratch.delivery.check(two, azureCredentials(1))).toBe('intact');
    await scratch.delivery.remove(two);
    expect(await scratch.cache.text()).toBeUndefined();
  });

  it('have a token for each tenant', async () => {
    const scratch = await azureScratch();
    const guest = azureTarget(2, { tenantId: tenants.fabrikam });
    await scratch.delivery.write(azureTarget(1), azureCredentials(1), withoutReplacing);
    await scratch.delivery.write(guest, azureCredentials(2), withoutReplacing);
    const { Account, AccessToken } = await tables(scratch);
    expect(Object.keys(Account)).toHaveLength(2);
    // For Resource Manager and Key Vault.
    expect(Object.keys(AccessToken)).toHaveLength(4);
    expect(await scratch.delivery.check(azureTarget(1), azureCredentials(1))).toBe('intact');
    expect(await scratch.delivery.check(guest, azureCredentials(2))).toBe('intact');
  });
});

describe('a service principal', () => {
  it('is one account in all tenants, since az refuses two accounts with one name', async () => {
    const scratch = await azureScratch();
    const of = (tenant: string) =>
      azureCredentials(1, {
        account: {
          kind: 'servicePrincipal',
          username: '5e4f1ce0-0000-4000-8000-000000000001',
          homeAccountId: `object-of-${tenant}.${tenant}`,
        },
      });
    await scratch.delivery.write(azureTarget(1), of(tenants.contoso), withoutReplacing);
    const other = azureTarget(2, { tenantId: tenants.fabrikam });
    await scratch.delivery.write(other, of(tenants.fabrikam), withoutReplacing);
    const homes = Object.values((await tables(scratch)).Account).map(
      (account) => (account as { home_account_id: string }).home_account_id,
    );
    expect(new Set(homes).size).toBe(1);
  });

  it('or person with the name of another account is refused', async () => {
    const scratch = await azureScratch();
    const had = pythonCache(foreignTables());
    await scratch.cache.write(had);
    const account = {
      kind: 'user',
      username: 'Me@Fabrikam.example',
      homeAccountId: `ffffffff-0000-4000-8000-000000000001.${tenants.contoso}`,
    } as const;
    const problem = await problemOf(
      scratch.delivery.write(azureTarget(), azureCredentials(1, { account }), withoutReplacing),
    );
    expect(problem.code).toBe('invalid-request');
    expect(problem.details.next).toContain('az logout');
    expect(await scratch.cache.text()).toBe(had);
    expect(await scratch.profile.text()).toBeUndefined();
  });
});

describe('a subscription of the user’s own az login', () => {
  const had = pythonProfile(foreignSubscription(7, { isDefault: true }), foreignSubscription(1));

  it('is not changed without permission', async () => {
    const scratch = await azureScratch();
    await scratch.profile.write(had);
    for (const work of [
      () => scratch.delivery.prepare(azureTarget(), withoutReplacing),
      () => scratch.delivery.write(azureTarget(), azureCredentials(), withoutReplacing),
    ]) {
      const problem = await problemOf(work());
      expect(problem.code).toBe('section-occupied');
      expect(problem.message).toContain(scratch.profile.path);
      expect(problem.message).toContain(subscriptionId(1));
      expect(problem.details.next).toContain('--replace-section');
      expect(problem.details.next).toContain('stint exec');
    }
    expect(await scratch.profile.text()).toBe(had);
    expect(await scratch.cache.text()).toBeUndefined();
  });

  it('is stashed with permission and restored byte for byte, also by the next owner after a crash', async () => {
    const scratch = await azureScratch();
    await scratch.profile.write(had);
    await scratch.delivery.write(azureTarget(), azureCredentials(), replacing);
    expect(await defaults(scratch)).toEqual([
      [subscriptionId(7), true],
      [subscriptionId(1), false],
    ]);
    expect(await readFile(scratch.journalFile, 'utf8')).not.toContain('Foreign');
    expect(await scratch.restarted().sweep(() => false)).toEqual([]);
    expect(await scratch.profile.text()).toBe(had);
    expect([...scratch.vault.secrets]).toEqual([]);
  });

  it('stays in a locked vault, is listed as left over, and is restored after the unlock', async () => {
    const scratch = await azureScratch();
    const target = azureTarget();
    await scratch.profile.write(had);
    await scratch.delivery.write(target, azureCredentials(), replacing);
    scratch.vault.locked = true;
    const { sessionId } = target;
    const left = { sessionId, file: scratch.profile.path, what: 'stash' };
    expect(await scratch.delivery.remove(target)).toMatchObject([left]);
    expect(await defaults(scratch)).toEqual([[subscriptionId(7), true]]);
    expect(await scratch.restarted().sweep(() => false)).toMatchObject([left]);
    scratch.vault.locked = false;
    expect(await scratch.restarted().sweep(() => false)).toEqual([]);
    expect(await scratch.profile.text()).toBe(had);
  });

  it('cannot be stashed in a locked vault: the start is refused and nothing changes', async () => {
    const scratch = await azureScratch();
    await scratch.profile.write(had);
    scratch.vault.locked = true;
    const work = scratch.delivery.write(azureTarget(), azureCredentials(), replacing);
    expect((await problemOf(work)).code).toBe('vault-locked');
    expect(await scratch.profile.text()).toBe(had);
    expect(await scratch.cache.text()).toBeUndefined();
  });

  it('stays stashed for the session that supersedes another', async () => {
    const scratch = await azureScratch();
    await scratch.profile.write(had);
    const [first, second] = [azureTarget(1), azureTarget(2, { subscriptionId: subscriptionId(1) })];
    await scratch.delivery.write(first, azureCredentials(1), replacing);
    const takesOver = { replaceSection: false, supersedes: [first.sessionId] };
    await scratch.delivery.prepare(second, takesOver);
    await scratch.delivery.write(second, azureCredentials(2), takesOver);
    expect(await scratch.cache.text()).not.toContain(first.sessionId);
    expect(await scratch.delivery.remove(first)).toEqual([]);
    expect(await scratch.delivery.check(second, azureCredentials(2))).toBe('intact');
    expect(await scratch.delivery.remove(second)).toEqual([]);
    expect(await scratch.profile.text()).toBe(had);
  });

  it('that they signed in to again meanwhile stays, and the stash is dropped', async () => {
    const scratch = await azureScratch();
    await scratch.profile.write(had);
    await scratch.delivery.write(azureTarget(), azureCredentials(), replacing);
    const signedInAgain = pythonProfile(
      foreignSubscription(1, { name: 'Renamed', isDefault: true }),
    );
    await scratch.profile.write(signedInAgain);
    expect(await scratch.delivery.check(azureTarget(), azureCredentials())).toBe('altered');
    expect(await scratch.delivery.remove(azureTarget())).toEqual([]);
    expect(await scratch.profile.text()).toBe(signedInAgain);
    expect([...scratch.vault.secrets]).toEqual([]);
  });
});

describe('a finding about az', () => {
  it('names another folder, and encrypted tokens', async () => {
    const scratch = await azureScratch();
    const inspect = (...environment: string[]) =>
      scratch.delivery.inspect(azureTarget(), environment);
    expect(await inspect('AZURE_CONFIG_DIR=/elsewhere')).toMatchObject([
      { code: 'environment', message: expect.stringContaining('/elsewhere') as string },
    ]);
    expect(await inspect(`AZURE_CONFIG_DIR=${scratch.folder}`)).toEqual([]);
    await scratch.cache.write('{}');
    await writeFile(`${scratch.folder}/config`, '[core]\nencrypt_token_cache = yes\n');
    expect(await inspect()).toMatchObject([
      { code: 'shadowed', next: expect.stringContaining('encrypt_token_cache=false') as string },
    ]);
    await writeFile(`${scratch.folder}/config`, '[core]\nencrypt_token_cache = false\n');
    await writeFile(`${scratch.folder}/msal_token_cache.bin`, 'x');
    expect(await inspect()).toEqual([]);
  });

  it('does not exist before a first start', async () => {
    const scratch = await azureScratch();
    expect(await scratch.delivery.inspect(azureTarget(), ['PATH'])).toEqual([]);
  });

  it('is an error for a cloud that az does not know, with the way that works', async () => {
    const scratch = await azureScratch();
    const target = azureTarget(1, { cloud: azureCloudAt('https://login.private.example') });
    for (const work of [
      () => scratch.delivery.prepare(target, withoutReplacing),
      () => scratch.delivery.write(target, azureCredentials(), withoutReplacing),
    ]) {
      const problem = await problemOf(work());
      expect(problem.code).toBe('invalid-request');
      expect(problem.details.next).toContain('endpoint-only');
      expect(problem.details.next).toContain('stint exec');
    }
  });
});
