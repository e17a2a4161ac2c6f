import { expect, it } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import { claimsOf } from '../../support/claims.ts';
import { scratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';

/* Under Microsoft's own names: the proxy of the practice cloud answers for them, and for nobody else. */

it.each([
  {
    cloud: 'AzureCloud',
    authorityHost: undefined,
    manager: 'https://management.core.windows.net/',
    vault: 'https://vault.azure.net',
  },
  {
    cloud: 'AzureUSGovernment',
    authorityHost: 'https://login.microsoftonline.us',
    manager: 'https://management.core.usgovcloudapi.net/',
    vault: 'https://vault.usgovcloudapi.net',
  },
  {
    cloud: 'AzureChinaCloud',
    authorityHost: 'https://login.partner.microsoftonline.cn/',
    manager: 'https://management.core.chinacloudapi.cn/',
    vault: 'https://vault.azure.cn',
  },
] as const)(
  'in $cloud: signs in, lists subscriptions and gives tokens, through the proxy of the settings',
  async ({ cloud, authorityHost, manager, vault }) => {
    const owner = await scratchOwner();
    try {
      const tenant = await azureTenant(
        owner,
        'acme',
        authorityHost === undefined ? {} : { authorityHost },
        cloud,
      );
      await tenant.offer('Payments');
      await tenant.sync();
      const { sessionId } = tenant.session('Payments');
      await owner.stint.sessions.start(sessionId, { by });
      for (const resource of [manager, vault]) {
        const { accessToken } = await owner.stint.sessions.azureToken(sessionId, resource);
        expect(claimsOf(accessToken)).toMatchObject({ aud: resource, tid: tenant.tenantId });
      }
      await owner.stint.sessions.rotate(sessionId, { by });
      expect(owner.stint.sessions.get(sessionId)).toMatchObject({ status: 'active' });
    } finally {
      await owner.close();
    }
  },
);
