import type {
  CreatedSubscription,
  NewSubscription,
  SubscriptionAccess,
  SubscriptionStateChange,
} from './contract.ts';

/**
 * The subscriptions part of the admin client. Who may see one is given by user name or
 * client id and has to be in the subscription's tenant.
 */
export interface ResourceManagerAdmin {
  createSubscription(subscription: NewSubscription): Promise<CreatedSubscription>;
  setSubscriptionState(change: SubscriptionStateChange): Promise<void>;
  allowSubscription(access: SubscriptionAccess): Promise<void>;
  denySubscription(access: SubscriptionAccess): Promise<void>;
}

export function resourceManagerAdmin(
  call: <T>(method: string, path: string, body: unknown) => Promise<T>,
): ResourceManagerAdmin {
  return {
    createSubscription: (subscription) => call('POST', 'azure-subscriptions', subscription),
    setSubscriptionState: (change) => call('PATCH', 'azure-subscriptions', change),
    allowSubscription: (access) => call('POST', 'azure-access', access),
    denySubscription: (access) => call('DELETE', 'azure-access', access),
  };
}
