import { describe, expect, it } from 'vitest';
import type { SyncProgress } from '../../../src/models/integration.ts';
import { azureTenant, type Tenant } from '../../support/azure-tenant.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import type { ScratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';

let owner: ScratchOwner;
let tenant: Tenant;
aRunningOwner(async (started) => {
  owner = started;
  tenant = await azureTenant(owner, 'acme');
});

/** Another tenant that lets the user in as a guest. */
async function partner(name: string): Promise<string> {
  const { tenantId } = await owner.cloud.createTenant({ domain: `${name}.example` });
  await owner.cloud.inviteGuest({ tenant: tenantId, userName: tenant.userName });
  return tenantId;
}

const sync = async () => {
  const { result } = await owner.stint.integrations.sync(tenant.integration.integrationId, by);
  return result;
};

describe('a sync with an Azure tenant', () => {
  it('makes a session of each subscription, of every tenant that can be reached', async () => {
    const partnerId = await partner('globex');
    const [payments, orders] = [
      await tenant.offer('Payments'),
      await tenant.offer('Orders', partnerId),
    ];
    await tenant.sync();
    expect(tenant.session('Payments')).toMatchObject({
      sessionName: 'Payments',
      tenantId: tenant.tenantId,
      subscriptionId: payments,
      region: 'eastus',
      status: 'inactive',
      startDateTime: '',
      duration: 2400,
    });
    expect(tenant.session('Orders')).toMatchObject({
      tenantId: partnerId,
      subscriptionId: orders,
    });
    expect(await sync()).toEqual({
      added: 0,
      changed: 0,
      unchanged: 2,
      vanished: 0,
      skipped: [],
    });
  });

  it('takes over ids that are GUIDs but no UUIDs of RFC 9562', async () => {
    const subscriptionId = '2400ee73-282c-4334-e153-08d8f922d1f9';
    const tenantId = 'f8cdef31-a31e-0b4a-13e4-5f571e91255a';
    await owner.cloud.createTenant({ domain: 'initech.example', tenantId });
    await owner.cloud.inviteGuest({ tenant: tenantId, userName: tenant.userName });
    await owner.cloud.createSubscription({
      tenant: tenantId,
      subscriptionId,
      name: 'Billing',
      principals: [tenant.userName],
    });
    await tenant.sync();
    expect(tenant.session('Billing')).toMatchObject({ tenantId, subscriptionId });
    await owner.stint.sessions.start(tenant.session('Billing').sessionId, { by });
  });

  it('keeps what the person has set, and brings the new name of the others', async () => {
    const [named] = [await tenant.offer('Payments')];
    await tenant.sync();
    const { sessionId } = tenant.session('Payments');
    await owner.stint.sessions.update(sessionId, {
      edit: (fields) => ({
        ...fields,
        sessionName: 'mine',
        labels: ['keep'],
        region: 'westeurope',
      }),
      by,
    });
    await owner.cloud.denySubscription({ subscriptionId: named, principals: [tenant.userName] });
    await tenant.offer('Orders');
    expect(await sync()).toMatchObject({ added: 1, vanished: 1 });
    expect(tenant.session('Payments')).toMatchObject({
      sessionName: 'mine',
      labels: ['keep'],
      region: 'westeurope',
      vanishedAt: expect.any(String) as string,
    });
    await owner.cloud.allowSubscription({ subscriptionId: named, principals: [tenant.userName] });
    expect(await sync()).toMatchObject({ changed: 1, vanished: 0 });
    expect(tenant.session('Payments')).not.toHaveProperty('vanishedAt');
  });

  it('leaves out subscriptions that nothing can be done in', async () => {
    await tenant.offer('Payments');
    const subscriptionId = await tenant.offer('Old');
    await owner.cloud.setSubscriptionState({ subscriptionId, state: 'Disabled' });
    await tenant.sync();
    expect(owner.stint.sessions.list()).toHaveLength(1);
  });

  it('skips a tenant whose policies hold it back, and leaves its sessions as they are', async () => {
    const partnerId = await partner('globex');
    await tenant.offer('Payments');
    await tenant.offer('Orders', partnerId);
    await tenant.sync();
    await owner.cloud.setConditionalAccess({
      tenant: partnerId,
      resource: 'resourceManager',
      requirement: 'mfa',
    });
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await tenant.login();
    expect(await sync()).toMatchObject({ unchanged: 1, vanished: 0, skipped: [partnerId] });
    expect(tenant.session('Orders')).not.toHaveProperty('vanishedAt');
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('reads all pages, tells how far it has come, and waits where Azure throttles', async () => {
    await owner.cloud.setOverrides({ resourceManagerPageSize: 2 });
    const names = ['A', 'B', 'C', 'D', 'E'];
    for (const name of names) await tenant.offer(name);
    await partner('globex');
    await tenant.login();
    const told: SyncProgress[] = [];
    owner.stint.events.subscribe(({ event }) => {
      if (event.type === 'integration' && event.integration.sync !== undefined) {
        told.push(event.integration.sync);
      }
    });
    await owner.cloud.setOverrides({ throttleNext: 2 });
    expect(await sync()).toMatchObject({ added: 5 });
    expect(told[0]).toMatchObject({ total: 2, done: 0 });
    expect(told.at(-1)).toMatchObject({ total: 2, done: 2, found: 5 });
    expect(owner.stint.integrations.get(tenant.integration.integrationId)).not.toHaveProperty(
      'sync',
    );
  });
});
