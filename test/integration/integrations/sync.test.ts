import { describe, expect, it } from 'vitest';
import type { AwsSsoRoleSession, Session } from '../../../src/models/session.ts';
import {
  identityCenter,
  orders,
  payments,
  userName,
  type Center,
} from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
let center: Center;
aRunningOwner(async (started) => {
  owner = started;
  center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Operator', 'ReadOnly');
});

const names = () => owner.stint.sessions.list().map(({ sessionName }) => sessionName);

async function sync() {
  const { result } = await owner.stint.integrations.sync(center.integration.integrationId, 'anna');
  return result;
}

describe('a sync', () => {
  it('brings a session for each role, with all its fields', async () => {
    await center.sync();
    expect(names().sort()).toEqual(['payments-prod / Operator', 'payments-prod / ReadOnly']);
    expect(center.session('payments-prod', 'Operator')).toMatchObject({
      type: 'awsSsoRole',
      status: 'inactive',
      startDateTime: '',
      duration: 2400,
      region: owner.stint.settings.current().defaultRegion,
      profileName: 'payments-prod-Operator',
      accountId: '447109328810',
      accountName: 'payments-prod',
      roleName: 'Operator',
      email: 'payments-prod@example.com',
      integrationId: center.integration.integrationId,
    });
    expect(center.integration).toMatchObject({
      lastSync: expect.any(String) as string,
      lastSyncResult: { added: 2, changed: 0, unchanged: 0, vanished: 0, skipped: [] },
    });
    expect(owner.stint.history.list({ kind: 'integration-synced' }).items[0]?.message).toBe(
      'acme: 2 added',
    );
  });

  it('shows on the integration what it changed, also to a reader of events and after an edit', async () => {
    const seen: unknown[] = [];
    const unsubscribe = owner.stint.events.subscribe(({ event }) => {
      if (event.type === 'integration') seen.push(event.integration.lastSyncResult);
    });
    await center.sync();
    unsubscribe();
    const result = { added: 2, changed: 0, unchanged: 0, vanished: 0, skipped: [] };
    expect(seen.at(-1)).toEqual(result);
    const { integrationId } = center.integration;
    const edited = await owner.stint.integrations.update(
      integrationId,
      (fields) => ({ ...fields, name: 'renamed' }),
      'anna',
    );
    expect(edited.lastSyncResult).toEqual(result);
  });

  it('shows on the integration why it failed until the next one begins', async () => {
    await center.sync();
    const { integrationId } = center.integration;
    await owner.stint.integrations.logout(integrationId, 'anna');
    const { prompts } = await owner.stint.integrations.sync(integrationId, 'anna');
    await owner.stint.prompts.answer(prompts[0]?.promptId ?? '', { cancel: true });
    const { lastSyncFailure, lastSyncResult } = await eventually(
      () => center.integration,
      (integration) => integration.lastSyncFailure !== undefined,
    );
    expect(lastSyncFailure).toMatchObject({
      detail: 'The sign-in was cancelled.',
      next: 'Sync again to sign in.',
    });
    expect(lastSyncResult?.added).toBe(2);
    await sync();
    expect(center.integration.lastSyncFailure).toBeUndefined();
    expect(center.integration.lastSyncFailure).toBeUndefined();
  });

  it('changes nothing where nothing has changed', async () => {
    await center.sync();
    const before = owner.stint.sessions.list();
    expect(await sync()).toEqual({
      added: 0,
      changed: 0,
      unchanged: 2,
      vanished: 0,
      skipped: [],
    });
    expect(owner.stint.sessions.list()).toEqual(before);
  });

  it('keeps what the person set', async () => {
    await center.sync();
    const { sessionId } = center.session('payments-prod', 'Operator');
    await owner.stint.sessions.update(sessionId, {
      edit: (fields) =>
        ({
          ...fields,
          sessionName: 'my prod',
          profileName: 'prod',
          region: 'eu-central-1',
          labels: ['money'],
          pinned: true,
          hidden: true,
        }) as never,
      by: 'anna',
    });
    await center.offer({ accountId: payments.accountId, accountName: 'payments' }, 'Operator');
    expect(await sync()).toMatchObject({ added: 0 });
    expect(owner.stint.sessions.get(sessionId)).toMatchObject({
      sessionName: 'my prod',
      profileName: 'prod',
      region: 'eu-central-1',
      labels: ['money'],
      pinned: true,
      hidden: true,
      accountName: 'payments',
    });
    expect(names()).toContain('payments / ReadOnly');
  });

  it('marks what is no longer available, and removes the mark when it is back', async () => {
    await center.offer(orders, 'Operator');
    await center.sync();
    const gone = { accountId: orders.accountId, roleName: 'Operator' };
    await owner.cloud.unassign({ startUrl: center.startUrl, userName, assignments: [gone] });
    expect(await sync()).toMatchObject({ vanished: 1, unchanged: 2 });
    const session = center.session('orders-staging', 'Operator');
    expect(session.vanishedAt).toBeDefined();
    expect(await sync()).toMatchObject({ vanished: 0 });
    await center.offer(orders, 'Operator');
    expect(await sync()).toMatchObject({ changed: 1 });
    expect(center.session('orders-staging', 'Operator').vanishedAt).toBeUndefined();
  });

  it('leaves sessions of others and sessions made by hand alone', async () => {
    const { session } = await owner.addUser('anna');
    await center.sync();
    expect(owner.stint.sessions.get(session.sessionId)).toEqual(session);
  });

  it('brings 500 accounts with four roles each from a cloud that throttles, telling how far it is', async () => {
    const roleNames = ['Admin', 'Operator', 'ReadOnly', 'Billing'];
    await owner.cloud.assign({
      startUrl: center.startUrl,
      userName,
      assignments: Array.from({ length: 500 }, (_, at) => at).flatMap((at) =>
        roleNames.map((roleName) => ({
          accountId: String(100_000_000_000 + at),
          accountName: `team-${at}`,
          emailAddress: `team-${at}@example.com`,
          roleName,
        })),
      ),
    });
    await center.login();
    await owner.cloud.setOverrides({ ssoRequestsPerSecond: 100 });
    const told: number[] = [];
    const unsubscribe = owner.stint.events.subscribe(({ event }) => {
      if (event.type === 'integration' && event.integration.sync !== undefined) {
        told.push(event.integration.sync.done);
      }
    });
    // How often progress is published depends on this machine's clock.
    const ticking = setInterval(() => void owner.pass(1), 50);
    const result = await sync();
    clearInterval(ticking);
    expect(result).toEqual({
      added: 2002,
      changed: 0,
      unchanged: 0,
      vanished: 0,
      skipped: [],
    });
    unsubscribe();
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(501);
    const throttled = (await owner.cloud.calls()).filter(
      ({ error }) => error === 'TooManyRequestsException',
    );
    expect(throttled.length).toBeGreaterThan(0);
    const sessions = owner.stint.sessions.list() as readonly (Session & AwsSsoRoleSession)[];
    expect(new Set(sessions.map(({ profileName }) => profileName)).size).toBe(2002);
  });
});
