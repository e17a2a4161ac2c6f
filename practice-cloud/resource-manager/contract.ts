import * as z from 'zod';
import { subscriptionStates } from './subscriptions.ts';

/** The bodies and answers of the admin routes of Resource Manager; nothing here is part of Azure. */

const guid = z.guid();
/** User names, client ids of applications. */
const principals = z.array(z.string().min(1));
const state = z.enum(subscriptionStates);

const newSubscription = z.strictObject({
  /** Id or domain. */
  tenant: z.string(),
  name: z.string().min(1),
  subscriptionId: guid.optional(),
  state: state.default('Enabled'),
  principals: principals.default([]),
});

export const bodies = {
  newSubscription,
  state: z.strictObject({ subscriptionId: guid, state }),
  access: z.strictObject({ subscriptionId: guid, principals: principals.min(1) }),
};

export type NewSubscription = Readonly<z.input<typeof newSubscription>>;
export type SubscriptionStateChange = Readonly<z.input<(typeof bodies)['state']>>;
export type SubscriptionAccess = Readonly<z.input<(typeof bodies)['access']>>;

export interface CreatedSubscription {
  readonly subscriptionId: string;
}
