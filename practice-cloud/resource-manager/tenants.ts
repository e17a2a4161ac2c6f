import type { Tenant } from '../entra/tenant.ts';
import type { CloudState } from '../state.ts';
import type { Caller } from './bearer.ts';

/**
 * `GET /tenants` (Azure REST API reference "Tenants - List"): every tenant the caller is in, whichever
 * the token is for; an application is only in the one it asks for.
 */
export function listTenants(
  { tenant, objectId }: Caller,
  { entra }: CloudState,
): readonly object[] {
  const member = [...tenant.members].find(([, id]) => id === objectId)?.[0];
  const user = member === undefined ? undefined : entra.directory.user(member.userName);
  if (user === undefined) return [describe(tenant, true)];
  return entra.directory.tenantsOf(user).map((one) => describe(one, one === user.home));
}

function describe({ tenantId, displayName, domain }: Tenant, isHome: boolean): object {
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: 'DE',
    displayName,
    domains: [domain],
    tenantCategory: isHome ? 'Home' : 'ProjectedBy',
    defaultDomain: domain,
    tenantType: 'AAD',
  };
}
