import type { AzureCloud } from '../../../models/azure-cloud.ts';
import type { AzureAccount, AzureCredentials, AzureToken } from '../../../models/credentials.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import { scalarIn } from '../shared/json/node.ts';
import { markKey, type Mark } from './ownership.ts';
import type { Entry, Location } from './tables.ts';

/** The Azure CLI's own application, the same in every cloud (azure-cli-core, `auth/identity.py`). */
const azureCliClientId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** What a session has in the two files. */
export interface Locations {
  readonly subscription: Location;
  readonly account: Location;
  /** One for each of `tokensOf`. */
  readonly tokens: readonly Location[];
}

export function subscriptionLocation({ subscriptionId }: SubscriptionTarget): Location {
  return { table: 'subscriptions', key: subscriptionId.toLowerCase() };
}

export function locationsOf(target: SubscriptionTarget, credentials: AzureCredentials): Locations {
  const [home, environment, realm] = identityOf(target, credentials.account);
  return {
    subscription: subscriptionLocation(target),
    account: { table: 'Account', key: [home, environment, realm].join('-').toLowerCase() },
    tokens: tokensOf(target, credentials).map((token) =>
      tokenLocation(target, credentials.account, token),
    ),
  };
}

/** Keys as msal for Python forms them (`token_cache.py`, `key_makers`): joined by '-', in lower case. */
export function tokenLocation(
  target: SubscriptionTarget,
  account: AzureAccount,
  { resource }: AzureToken,
): Location {
  const [home, environment, realm] = identityOf(target, account);
  const key = [home, environment, 'accesstoken', azureCliClientId, realm, scopesOf(resource)];
  return { table: 'AccessToken', key: key.join('-').toLowerCase() };
}

/** That for Resource Manager first. */
export function tokensOf(
  { cloud }: SubscriptionTarget,
  { accessToken, expiration, others }: AzureCredentials,
): readonly [AzureToken, ...(readonly AzureToken[])] {
  return [{ resource: cloud.managementResource, accessToken, expiration }, ...others];
}

/** Whether a subscription is the one az uses by default. */
export function isDefaultEntry({ node }: Entry): boolean {
  return scalarIn(node, 'isDefault') === true;
}

/** As `az login` writes it into azureProfile.json (azure-cli-core, `_profile.py`). */
export function subscriptionValue(
  target: SubscriptionTarget,
  account: AzureAccount,
  isDefault: boolean,
  mark?: Mark,
): object {
  const tenantId = target.tenantId.toLowerCase();
  return {
    id: target.subscriptionId,
    name: target.subscriptionName,
    state: 'Enabled',
    // Also for a service principal: with its own type, the Azure CLI would ask for its secret.
    user: { name: account.username, type: 'user', ...marked(mark) },
    isDefault,
    tenantId,
    environmentName: target.cloud.name,
    homeTenantId: tenantId,
    managedByTenants: [],
  };
}

export function accountValue(
  target: SubscriptionTarget,
  account: AzureAccount,
  mark?: Mark,
): object {
  const [home, environment, realm] = identityOf(target, account);
  return {
    home_account_id: home,
    environment,
    realm,
    local_account_id: home.split('.')[0],
    username: account.username,
    authority_type: 'MSSTS',
    ...marked(mark),
  };
}

/** Times in seconds since 1970, as text. */
export function tokenValue(
  target: SubscriptionTarget,
  account: AzureAccount,
  { resource, accessToken, expiration }: AzureToken,
  now: number,
  mark?: Mark,
): object {
  const [home, environment, realm] = identityOf(target, account);
  const expires = String(Math.floor(Date.parse(expiration) / 1000));
  return {
    credential_type: 'AccessToken',
    secret: accessToken,
    home_account_id: home,
    environment,
    client_id: azureCliClientId,
    target: scopesOf(resource),
    realm,
    token_type: 'Bearer',
    cached_at: String(Math.floor(now / 1000)),
    expires_on: expires,
    extended_expires_on: expires,
    ...marked(mark),
  };
}

/** Entries in a folder of Stint's own need no mark. */
function marked(mark: Mark | undefined): object {
  return mark === undefined ? {} : { [markKey]: mark };
}

/**
 * What msal files accounts of a cloud under: the host of the authority that the Azure CLI uses,
 * which for China is one of two names.
 */
export function environmentOf({ name, authorityHost }: AzureCloud): string {
  return name === 'AzureChinaCloud' ? 'login.chinacloudapi.cn' : new URL(authorityHost).host;
}

/**
 * `home_account_id`, `environment` and `realm`. A service principal has another object in each
 * tenant; under its client id it is one account, as the Azure CLI refuses two with one name.
 */
export function identityOf(
  { cloud, tenantId }: SubscriptionTarget,
  { kind, username, homeAccountId }: AzureAccount,
): readonly [home: string, environment: string, realm: string] {
  const home = kind === 'servicePrincipal' ? `${username}.${username}` : homeAccountId;
  return [home, environmentOf(cloud), tenantId.toLowerCase()];
}

/**
 * The scopes that a token is found by, sorted as msal sorts them. The Azure CLI appends `/.default` to
 * a resource even after a slash (`auth/util.py`), and programs ask for an address with and without one.
 */
function scopesOf(resource: string): string {
  const bare = resource.replace(/\/+$/, '');
  return bare.includes('://') ? `${bare}/.default ${bare}//.default` : `${bare}/.default`;
}
