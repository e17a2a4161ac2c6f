import { expect, it, vi } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import { scratchOwner } from '../../support/scratch-owner.ts';

it('a logout while Entra ID answers an application leaves no token of it', async () => {
  const owner = await scratchOwner();
  try {
    const { integrations, vault } = owner.stint;
    const { tenantId } = await azureTenant(owner, 'acme');
    const { clientId } = await owner.cloud.createApp({ tenant: tenantId, name: 'Deploy' });
    const { secret } = await owner.cloud.addClientSecret({ clientId });
    const { integrationId } = await integrations.create(
      { kind: 'azure', name: 'deploy', tenantId, clientId },
      'anna',
      { clientSecret: secret },
    );
    await owner.cloud.setOverrides({ latencyMs: 300 });
    const get = vault.get.bind(vault);
    let ended: Promise<unknown> | undefined;
    vi.spyOn(vault, 'get').mockImplementation((name) => {
      // MSAL reads what is kept, and Entra ID then takes its time to answer.
      if (name.endsWith('/azure-tokens')) ended ??= integrations.logout(integrationId, 'anna');
      return get(name);
    });
    await integrations.sync(integrationId, 'anna').catch(() => undefined);
    await ended;
    expect(integrations.get(integrationId).status).toBe('logged-out');
    const names = await vault.names();
    expect(names.filter((name) => name.endsWith('/azure-tokens'))).toEqual([]);
  } finally {
    await owner.close();
  }
});
