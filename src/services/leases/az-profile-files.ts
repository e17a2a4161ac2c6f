import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AzureCredentials } from '../../models/credentials.ts';
import type { AzureSession } from '../../models/session.ts';
import {
  accountValue,
  locationsOf,
  subscriptionValue,
  tokensOf,
  tokenValue,
} from '../delivery/azure-cli/entries.ts';

type Files = readonly (readonly [name: string, text: string | undefined])[];

/**
 * What `az login` leaves behind for a person: `az account get-access-token --tenant` works with it,
 * which az refuses for a managed identity. There is no refresh token: the files are written again when
 * the session is renewed. `now`: milliseconds since the epoch.
 */
export function userFiles(
  session: AzureSession,
  cloud: AzureCloud,
  credentials: AzureCredentials,
  now: number,
): Files {
  const target = { ...session, cloud };
  const { account } = credentials;
  const { account: where, tokens } = locationsOf(target, credentials);
  const cache = {
    Account: { [where.key]: accountValue(target, account) },
    AccessToken: Object.fromEntries(
      tokensOf(target, credentials).map((token, nth) => [
        tokens[nth]?.key ?? '',
        tokenValue(target, account, token, now),
      ]),
    ),
  };
  return [
    ['msal_token_cache.json', JSON.stringify(cache)],
    ['azureProfile.json', profileOf(subscriptionValue(target, account, true))],
  ];
}

/**
 * What `az login --identity` leaves behind: az then asks MSI_ENDPOINT for tokens. For private clouds,
 * where az would ask the sign-in host first, and once there are no tokens: the endpoint says why.
 */
export function identityFiles(session: AzureSession, cloud: AzureCloud): Files {
  const { tenantId, subscriptionId, subscriptionName } = session;
  const subscription = {
    id: subscriptionId,
    name: subscriptionName,
    state: 'Enabled',
    user: { name: 'systemAssignedIdentity', type: 'servicePrincipal', assignedIdentityInfo: 'MSI' },
    isDefault: true,
    tenantId,
    environmentName: cloudNameOf(cloud),
    homeTenantId: tenantId,
    managedByTenants: [],
  };
  return [
    ['msal_token_cache.json', undefined],
    ['azureProfile.json', profileOf(subscription)],
  ];
}

/** What the settings and the profile of a folder call the cloud. */
export function cloudNameOf({ name }: AzureCloud): string {
  return name === 'custom' ? 'stint' : name;
}

/** As `az cloud register` writes it, with the endpoints that az cannot do without. */
export function customCloudFile({
  authorityHost,
  resourceManagerUrl,
  managementResource,
}: AzureCloud): string {
  return [
    '[stint]',
    `endpoint_management = ${managementResource}`,
    `endpoint_resource_manager = ${resourceManagerUrl}`,
    `endpoint_active_directory = ${authorityHost}`,
    `endpoint_active_directory_resource_id = ${managementResource}`,
    '',
  ].join('\n');
}

function profileOf(subscription: object): string {
  return JSON.stringify({ subscriptions: [subscription] });
}
