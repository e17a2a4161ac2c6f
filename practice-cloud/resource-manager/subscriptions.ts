import { AdminRefusal } from '../control/admin-refusal.ts';

/** "Azure subscription states". */
export const subscriptionStates = ['Enabled', 'Warned', 'PastDue', 'Disabled', 'Deleted'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

export interface Subscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly tenantId: string;
  state: SubscriptionState;
  /** Object ids of users and service principals that have a role on it. */
  readonly readers: Set<string>;
  /** By name, in lower case. */
  readonly resourceGroups: Map<string, object>;
}

/** Every subscription, in the order in which they were made. */
export class Subscriptions {
  readonly #all = new Map<string, Subscription>();

  create(subscription: Subscription): void {
    if (this.#all.has(subscription.subscriptionId)) {
      throw new AdminRefusal(`There is a subscription ${subscription.subscriptionId} already.`);
    }
    this.#all.set(subscription.subscriptionId, subscription);
  }

  get(subscriptionId: string): Subscription | undefined {
    return this.#all.get(subscriptionId.toLowerCase());
  }

  /** @throws AdminRefusal */
  existing(subscriptionId: string): Subscription {
    const subscription = this.get(subscriptionId);
    if (subscription === undefined) {
      throw new AdminRefusal(`There is no subscription ${subscriptionId}.`);
    }
    return subscription;
  }

  /** Those in a tenant that somebody may see. */
  seenBy(objectId: string, tenantId: string): readonly Subscription[] {
    return [...this.#all.values()].filter(
      (one) => one.tenantId === tenantId && one.readers.has(objectId),
    );
  }
}
