import { azureCloudAt } from '../../src/models/azure-cloud.ts';
import type { AzureCredentials } from '../../src/models/credentials.ts';
import type { SubscriptionTarget } from '../../src/services/delivery/delivery.ts';

export const tenants = {
  contoso: '11111111-aaaa-4aaa-8aaa-111111111111',
  fabrikam: '22222222-bbbb-4bbb-8bbb-222222222222',
} as const;

export function subscriptionId(number: number): string {
  return `5ab00000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Session `number`, by default for subscription `number`. */
export function azureTarget(
  number = 1,
  more: Partial<SubscriptionTarget> = {},
): SubscriptionTarget {
  return {
    sessionId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    sessionName: `session ${number}`,
    tenantId: tenants.contoso,
    subscriptionId: subscriptionId(number),
    subscriptionName: `Subscription ${number}`,
    cloud: azureCloudAt(undefined),
    ...more,
  };
}

/** Of one person, for Resource Manager and Key Vault; different for each `seed`. */
export function azureCredentials(seed = 1, more: Partial<AzureCredentials> = {}): AzureCredentials {
  const expiration = `2099-01-01T00:00:${String(seed % 60).padStart(2, '0')}.000Z`;
  const secret = (of: string) => `stint-${of}-${seed}.${'t'.repeat(60)}`;
  return {
    accessToken: secret('token'),
    expiration,
    others: [{ resource: 'https://vault.azure.net', accessToken: secret('vault'), expiration }],
    refused: [],
    tenantId: tenants.contoso,
    account: {
      kind: 'user',
      username: 'dana@contoso.example',
      homeAccountId: `0b1ec700-0000-4000-8000-000000000001.${tenants.contoso}`,
    },
    ...more,
  };
}

/** As `az login` leaves an entry of azureProfile.json. */
export function foreignSubscription(number: number, more: object = {}): object {
  return {
    id: subscriptionId(number),
    name: `Foreign ${number}`,
    state: 'Enabled',
    user: { name: 'me@fabrikam.example', type: 'user' },
    isDefault: false,
    tenantId: tenants.fabrikam,
    environmentName: 'AzureCloud',
    homeTenantId: tenants.fabrikam,
    managedByTenants: [],
    ...more,
  };
}

/** As Python's json.dump writes it, after a byte order mark. */
export function pythonProfile(...subscriptions: readonly object[]): string {
  const content = { installationId: '99999999-0000-11ee-8000-000000000000', subscriptions };
  return `\ufeff${JSON.stringify(content, null, 1)
    .replace(/\n */g, ' ')
    .replace(/([[{]) /g, '$1')
    .replace(/ ([\]}])/g, '$1')}`;
}

/** As msal's json.dumps(indent=4) writes it. */
export function pythonCache(tables: object): string {
  return JSON.stringify(tables, null, 4);
}

const foreignHome = `f0e10000-0000-4000-8000-000000000001.${tenants.fabrikam}`;
const clientId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** The cache of a person who signed in with az: account, access token, refresh token. */
export function foreignTables(): Record<string, Record<string, object>> {
  const environment = 'login.microsoftonline.com';
  const common = { home_account_id: foreignHome, environment, realm: tenants.fabrikam };
  const target = 'https://management.core.windows.net//.default';
  return {
    AccessToken: {
      [`${foreignHome}-${environment}-accesstoken-${clientId}-${tenants.fabrikam}-${target}`]: {
        credential_type: 'AccessToken',
        secret: 'foreign-token',
        ...common,
        client_id: clientId,
        target,
        token_type: 'Bearer',
        cached_at: '1700000000',
        expires_on: '4070908800',
        extended_expires_on: '4070908800',
      },
    },
    Account: {
      [`${foreignHome}-${environment}-${tenants.fabrikam}`]: {
        ...common,
        local_account_id: foreignHome.split('.')[0],
        username: 'me@fabrikam.example',
        authority_type: 'MSSTS',
      },
    },
    IdToken: {},
    RefreshToken: {
      [`${foreignHome}-${environment}-refreshtoken-${clientId}--`]: {
        credential_type: 'RefreshToken',
        secret: 'foreign-refresh-token',
        home_account_id: foreignHome,
        environment,
        client_id: clientId,
      },
    },
    AppMetadata: {
      [`appmetadata-${environment}-${clientId}`]: {
        client_id: clientId,
        environment,
        family_id: '1',
      },
    },
  };
}

export * from './write-options.ts';
