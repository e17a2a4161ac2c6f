import { randomUUID } from 'node:crypto';
import { AdminRefusal } from '../control/admin-refusal.ts';
import { route, type AdminRoute } from '../control/route.ts';
import type { CloudState } from '../state.ts';
import { bodies, type CreatedSubscription } from './contract.ts';

/** The admin routes of Resource Manager, by method and path. */
export const resourceManagerRoutes: Readonly<Record<string, AdminRoute>> = {
  'POST /_practice/azure-subscriptions': route(
    bodies.newSubscription,
    ({ tenant, name, principals, ...options }, state): CreatedSubscription => {
      const { tenantId } = state.entra.directory.existingTenant(tenant);
      const subscriptionId = (options.subscriptionId ?? randomUUID()).toLowerCase();
      const readers = new Set(principals.map((one) => objectIdOf(one, tenantId, state)));
      state.subscriptions.create({
        subscriptionId,
        displayName: name,
        tenantId,
        state: options.state,
        readers,
        resourceGroups: new Map(),
      });
      return { subscriptionId };
    },
  ),
  'PATCH /_practice/azure-subscriptions': route(
    bodies.state,
    ({ subscriptionId, state }, { subscriptions }) => {
      subscriptions.existing(subscriptionId).state = state;
    },
  ),
  'POST /_practice/azure-access': route(bodies.access, ({ subscriptionId, principals }, state) => {
    const { readers, tenantId } = state.subscriptions.existing(subscriptionId);
    for (const one of principals) readers.add(objectIdOf(one, tenantId, state));
  }),
  'DELETE /_practice/azure-access': route(
    bodies.access,
    ({ subscriptionId, principals }, state) => {
      const { readers, tenantId } = state.subscriptions.existing(subscriptionId);
      for (const one of principals) readers.delete(objectIdOf(one, tenantId, state));
    },
  ),
};

/** Of a user or an application in the subscription's tenant. @throws AdminRefusal */
function objectIdOf(principal: string, tenantId: string, { entra }: CloudState): string {
  const { directory } = entra;
  const user = directory.user(principal);
  const objectId =
    user === undefined
      ? directory.application(principal)?.servicePrincipals.get(tenantId)
      : directory.existingTenant(tenantId).members.get(user);
  if (objectId === undefined) throw new AdminRefusal(`${principal} is not in tenant ${tenantId}.`);
  return objectId;
}
