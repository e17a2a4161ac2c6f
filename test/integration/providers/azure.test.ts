import { describe, expect, it } from 'vitest';
import type { AzureSession, Session } from '../../../src/models/session.ts';
import { azureTenant, confirm, type Tenant } from '../../support/azure-tenant.ts';
import { claimsOf } from '../../support/claims.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
let tenant: Tenant;
let session: AzureSession;
aRunningOwner(async (started) => {
  owner = started;
  tenant = await azureTenant(owner, 'acme');
  await tenant.offer('Payments');
  await tenant.offer('Orders');
  await tenant.sync();
  session = tenant.session('Payments');
});

const { start: startOne, now: nowOne } = journey(() => owner);
const start = (one: Session = session) => startOne(one);
const now = (one: Session = session) => nowOne(one);
const manager = 'https://management.core.windows.net/';
const token = async (resource = manager, one: Session = session) =>
  (await owner.stint.sessions.azureToken(one.sessionId, resource)).accessToken;

describe('an Azure session', () => {
  it('starts without a question while somebody is signed in, rotates and stops', async () => {
    expect(await start()).toMatchObject({ session: { status: 'active' }, prompts: [] });
    const { startDateTime, credentialsExpireAt } = now();
    expect(claimsOf(await token())).toMatchObject({
      aud: manager,
      tid: tenant.tenantId,
      upn: tenant.userName,
    });
    await owner.pass(60);
    await owner.stint.sessions.rotate(session.sessionId, { by });
    expect(now()).toMatchObject({
      status: 'active',
      startDateTime,
      rotatedAt: expect.any(String) as string,
    });
    expect(now().credentialsExpireAt).not.toBe(credentialsExpireAt);
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(await refusal(token())).toMatchObject({ code: 'session-not-active' });
    // The sign-in outlives it.
    expect(await start()).toMatchObject({ session: { status: 'active' }, prompts: [] });
  });

  it('gives tokens for whatever resource a program asks for, each its own', async () => {
    await start();
    for (const resource of [
      'https://management.azure.com/',
      'https://vault.azure.net',
      'https://storage.azure.com/',
      'https://graph.microsoft.com',
    ]) {
      const first = await token(resource);
      expect(claimsOf(first)['aud']).toBe(resource);
      expect(await token(resource)).toBe(first);
    }
    expect(await refusal(token('https://nothing.example'))).toMatchObject({
      code: 'cloud-refused',
    });
    expect(await refusal(token('no resource'))).toMatchObject({ code: 'invalid-request' });
  });

  it('has no credentials of AWS: that is said at once, whether it is active or not', async () => {
    const read = () => owner.stint.sessions.credentials(session.sessionId);
    const words = {
      code: 'invalid-request',
      details: { next: expect.stringContaining('stint exec') as string },
    };
    expect(await refusal(read())).toMatchObject(words);
    await start();
    expect(await refusal(read())).toMatchObject(words);
  });

  it('renews its token silently, and continues for hours with nobody there', async () => {
    owner.stint.scheduler.start();
    await start();
    for (let hour = 0; hour < 3; hour += 1) {
      const { rotatedAt, duration } = now();
      await owner.pass(duration + 5);
      await eventually(
        () => now().rotatedAt,
        (at) => at !== rotatedAt,
      );
    }
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('is one of several of several tenants that are active at once', async () => {
    const other = await azureTenant(owner, 'globex');
    await other.offer('Mail');
    await other.sync();
    const all = [session, tenant.session('Orders'), other.session('Mail')];
    for (const one of all) await start(one);
    const tenants = await Promise.all(
      all.map(async (one) => claimsOf(await token(manager, one))['tid']),
    );
    expect(tenants).toEqual([tenant.tenantId, tenant.tenantId, other.tenantId]);
  });

  it('has one sign-in asked for, however many sessions wait for it', async () => {
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    const other = tenant.session('Orders');
    const outcomes = await Promise.all([start(), start(other)]);
    const asked = outcomes.flatMap(({ prompts }) => prompts);
    expect(new Set(asked.map(({ promptId }) => promptId)).size).toBe(1);
    await confirm(owner, asked, tenant.userName);
    await eventually(
      () => [now().status, now(other).status].join(),
      (statuses) => statuses === 'active,active',
    );
  });

  it('is signed in again when the sign-in was revoked elsewhere, and stays active meanwhile', async () => {
    await start();
    await owner.pass(5);
    await owner.cloud.revokeEntraSessions(tenant.userName);
    const { prompts } = await owner.stint.sessions.rotate(session.sessionId, { by });
    expect(prompts).toMatchObject([{ kind: 'device-code' }]);
    expect(now().status).toBe('active');
    await confirm(owner, prompts, tenant.userName);
    await eventually(
      () => now().rotatedAt,
      (at) => at !== undefined,
    );
  });

  it('ends when its integration is logged out', async () => {
    await start();
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    expect(now()).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'integration-logout', message: 'Integration acme was logged out.' },
    });
  });

  it('ends when its integration is removed, and says afterwards what it lacks', async () => {
    await start();
    await owner.stint.integrations.remove(tenant.integration.integrationId, {
      sessions: 'keep',
      by,
    });
    expect(now()).toMatchObject({ lastEnd: { reason: 'dependency-removed' } });
    expect(await refusal(start())).toMatchObject({ code: 'dependency-missing' });
  });

  it('keeps counting by the cloud’s clock where this machine’s is off by 20 minutes', async () => {
    await owner.cloud.setOverrides({ clockOffsetSeconds: 1200 });
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await tenant.login();
    await start();
    const left = (Date.parse(now().credentialsExpireAt ?? '') - (Date.now() + 1_200_000)) / 1000;
    expect(left).toBeGreaterThan(3500);
    expect(left).toBeLessThan(5500);
  });
});
