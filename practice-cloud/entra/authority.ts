import type { CloudState } from '../state.ts';
import type { Application } from './application.ts';
import { EntraFault, type OauthError } from './fault.ts';
import type { EntraEndpoint } from './endpoint.ts';
import type { Tenant } from './tenant.ts';
import type { EntraUser } from './user.ts';

/*
 * The first part of a path names whom a sign-in is for. Source: "Microsoft identity platform and
 * OpenID Connect protocol", section "Find your app's OpenID configuration document URI".
 */

/** Not a tenant: the user who signs in determines it. */
export function isAnyTenant(authority: string): boolean {
  return ['common', 'organizations'].includes(authority.toLowerCase());
}

/** The named tenant, or `undefined` if any is accepted. @throws EntraFault 90002, 900023 */
export function tenantOf(
  authority: string,
  endpoint: EntraEndpoint,
  { entra }: CloudState,
  unknown: OauthError = 'invalid_request',
): Tenant | undefined {
  if (isAnyTenant(authority)) return undefined;
  if (!/^[0-9a-f-]{36}$|\./i.test(authority)) {
    throw new EntraFault(
      900023,
      unknown,
      `Specified tenant identifier '${authority}' is neither a valid DNS name, nor a valid external domain.`,
    );
  }
  const tenant = entra.directory.tenant(authority);
  if (tenant !== undefined && endpoint.clouds.some(({ name }) => name === tenant.cloud))
    return tenant;
  throw new EntraFault(
    90002,
    unknown,
    `Tenant '${authority}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}

/** The application as this tenant knows it. @throws EntraFault 700016, 50194 */
export function applicationOf(
  clientId: string,
  authority: string,
  tenant: Tenant | undefined,
  { entra }: CloudState,
): Application {
  const application = entra.directory.application(clientId);
  const mayBe =
    application !== undefined &&
    (tenant === undefined || application.isIn(tenant.tenantId) || application.isMultiTenant);
  if (!mayBe) throw unknownApplication(clientId, tenant);
  if (tenant === undefined && !application.isMultiTenant) {
    throw new EntraFault(
      50194,
      'invalid_request',
      `Application '${clientId}'(${application.name}) is not configured as a multi-tenant application. Usage of the /${authority} endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    );
  }
  return application;
}

export function unknownApplication(clientId: string, tenant: Tenant | undefined): EntraFault {
  return new EntraFault(
    700016,
    'unauthorized_client',
    `Application with identifier '${clientId}' was not found in the directory '${tenant?.displayName ?? 'Microsoft'}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );
}

/** The tenant a user signs in to: the one named, or their own. @throws EntraFault 50020 */
export function tenantFor(
  user: EntraUser,
  named: Tenant | undefined,
  application: Application,
): Tenant {
  const tenant = named ?? user.home;
  if (tenant.members.has(user)) return tenant;
  throw new EntraFault(
    50020,
    'invalid_grant',
    `User account '${user.userName}' from identity provider 'https://sts.windows.net/${user.home.tenantId}/' does not exist in tenant '${tenant.displayName}' and cannot access the application '${application.clientId}'(${application.name}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
  );
}
