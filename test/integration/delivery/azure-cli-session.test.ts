import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import { scratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';
import { azureCliIn } from '../../practice-cloud/azure-cli.ts';

// Each call of az takes a second of a whole core.
vi.setConfig({ testTimeout: 120_000 });

it('az can use an Azure session from its start to its stop', async () => {
  const owner = await scratchOwner();
  const { sessions, settings } = owner.stint;
  const { azureConfigDir } = settings.current();
  const az = await azureCliIn(owner, azureConfigDir);
  try {
    const tenant = await azureTenant(owner, 'acme');
    const subscriptionId = await tenant.offer('Payments');
    await tenant.sync();
    const { sessionId } = tenant.session('Payments');
    const { findings } = await sessions.start(sessionId, { by });
    expect(findings).toEqual([]);
    expect(await az.run('account', 'show')).toMatchObject({ id: subscriptionId, name: 'Payments' });
    // Resource Manager accepts the token that az got from Stint.
    const url = `https://management.azure.com/subscriptions/${subscriptionId}?api-version=2022-12-01`;
    expect(await az.run('rest', '--method', 'get', '--url', url)).toMatchObject({ subscriptionId });
    await sessions.rotate(sessionId, { by });
    expect(
      await az.run('account', 'get-access-token', '--subscription', subscriptionId),
    ).toMatchObject({ tenant: tenant.tenantId });
    const { leftovers } = await sessions.stop(sessionId, { by });
    expect(leftovers).toEqual([]);
    expect(existsSync(`${azureConfigDir}/msal_token_cache.json`)).toBe(false);
    await expect(az.run('account', 'show')).rejects.toThrow('az login');
  } finally {
    await az.remove();
    await owner.close();
  }
});
