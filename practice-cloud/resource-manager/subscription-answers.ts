import type { CloudState } from '../state.ts';
import type { Caller } from './bearer.ts';
import { ManagerFault } from './fault.ts';
import type { ManagerEndpoint } from './endpoint.ts';
import type { Subscription } from './subscriptions.ts';

/** `GET /subscriptions` (Azure REST API reference "Subscriptions - List"): of the token's tenant. */
export function listSubscriptions(
  { tenant, objectId }: Caller,
  { subscriptions }: CloudState,
): readonly object[] {
  return subscriptions.seenBy(objectId, tenant.tenantId).map(describe);
}

/**
 * `GET /subscriptions/{id}` ("Subscriptions - Get"; "Resolve errors for not found resources", "… invalid
 * template", and `AuthorizationFailed` of "Troubleshoot Azure RBAC").
 * @throws ManagerFault 404, 401, 403
 */
export function getSubscription(
  subscriptionId: string,
  { tenant, objectId, name }: Caller,
  endpoint: ManagerEndpoint,
  { subscriptions }: CloudState,
): object {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscriptionId)) {
    throw new ManagerFault(
      400,
      'InvalidSubscriptionId',
      `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
    );
  }
  const subscription = subscriptions.get(subscriptionId);
  if (subscription === undefined) {
    throw new ManagerFault(
      404,
      'SubscriptionNotFound',
      `The subscription '${subscriptionId}' could not be found.`,
    );
  }
  if (subscription.tenantId !== tenant.tenantId) {
    const issuer = (tenantId: string) => `https://sts.windows.net/${tenantId}/`;
    throw new ManagerFault(
      401,
      'InvalidAuthenticationTokenTenant',
      `The access token is from the wrong issuer '${issuer(tenant.tenantId)}'. It must match the tenant '${issuer(subscription.tenantId)}' associated with this subscription. Please use the authority (URL) '${endpoint.entraOrigin}/${subscription.tenantId}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
      {
        challenge: `Bearer authorization_uri="${endpoint.entraOrigin}/${subscription.tenantId}", error="invalid_token", error_description="The access token is from the wrong issuer. It must match the tenant associated with this subscription."`,
      },
    );
  }
  if (!subscription.readers.has(objectId)) {
    throw new ManagerFault(
      403,
      'AuthorizationFailed',
      `The client '${name}' with object id '${objectId}' does not have authorization to perform action 'Microsoft.Resources/subscriptions/read' over scope '/subscriptions/${subscriptionId}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
  return describe(subscription);
}

function describe({ subscriptionId, displayName, tenantId, state }: Subscription): object {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state,
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
