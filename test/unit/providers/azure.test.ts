import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AzureSession, Session } from '../../../src/models/session.ts';
import { azureTenant, confirm, type Tenant } from '../../fixtures/azure-tenant.ts';
import { claimsOf } from '../../fixtures/claims.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../../fixtures/scratch-owner.ts';
import { by, journey, refusal } from '../../fixtures/session-journey.ts';

let owner: ScratchOwner;
let tenant: Tenant;
let session: AzureSession;
beforeEach(async () => {
  owner = await scratchOwner();
  tenant = await azureTenant(owner, 'acme');
  await tenant.offer('Payments');
  await tenant.offer('Orders');
  await tenant.sync();
  session = tenant.session('Payments');
});
afterEach(async () => {
  await owner.close();
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

  it('renews its token silently, and goes on for hours with nobody there', async () => {
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

  it('is signed in anew when the sign-in was revoked elsewhere, and stays active meanwhile', async () => {
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
    await owner.cloud.setKnobs({ clockOffsetSeconds: 1200 });
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await tenant.login();
    await start();
    const left = (Date.parse(now().credentialsExpireAt ?? '') - (Date.now() + 1_200_000)) / 1000;
    expect(left).toBeGreaterThan(3500);
    expect(left).toBeLessThan(5500);
  });
});

describe('what a person is told when an Azure session', () => {
  beforeEach(async () => {
    // What is kept of these is no good to begin with, so that each start asks Entra ID.
    await owner.cloud.setKnobs({ grantedSeconds: 300 });
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await tenant.login();
  });
  afterEach(async () => {
    await owner.cloud.resetKnobs();
    expect(now().status).toBe('inactive');
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  const ended = async () => {
    await eventually(
      () => now().status,
      (status) => status === 'inactive',
    );
    return now().lastEnd;
  };

  it('waits for a sign-in that is cancelled', async () => {
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    const { prompts } = await start();
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { cancel: true });
    expect(await ended()).toMatchObject({ reason: 'cancelled' });
  });

  it('waits for a sign-in that is declined', async () => {
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    const { prompts } = await start();
    await owner.cloud.declineDeviceCode(String(prompts[0]?.code));
    expect(await ended()).toMatchObject({ reason: 'failed' });
    expect(now().lastEnd?.message).toContain('was declined');
  });

  it('has a sign-in that ran out, and asks for the next one', async () => {
    await owner.cloud.setKnobs({ refreshTokenSeconds: 60 });
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await tenant.login();
    await owner.pass(120);
    const { prompts } = await start();
    expect(prompts).toMatchObject([{ kind: 'device-code', sessionId: session.sessionId }]);
    expect(prompts[0]?.text).toContain('for session Payments');
    expect(tenant.integration.status).toBe('logging-in');
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { cancel: true });
    expect(await ended()).toMatchObject({ reason: 'cancelled' });
    expect(tenant.integration.status).toBe('logged-out');
  });

  it('belongs to an application that a person declines to consent to', async () => {
    const { clientId } = await owner.cloud.createApp({
      tenant: tenant.tenantId,
      name: 'Own application',
      isPublic: true,
      consented: false,
    });
    const { integrationId } = await owner.stint.integrations.create(
      { kind: 'azure', name: 'own', tenantId: tenant.tenantId, clientId },
      by,
    );
    const { type, sessionName, region, tenantId, subscriptionId, subscriptionName } = session;
    session = (await owner.stint.sessions.create({
      fields: {
        ...{ type, sessionName, region, tenantId, subscriptionId, subscriptionName },
        integrationId,
      },
      by,
    })) as AzureSession;
    // Who signs in first is asked; the start joins in.
    const { prompts } = await owner.stint.integrations.login(integrationId, 'browser');
    await start();
    await eventually(
      () => now().status,
      (status) => status === 'pending',
    );
    const { location } = await owner.cloud.entraAuthorize({
      url: String(prompts[0]?.url),
      userName: tenant.userName,
      consent: 'decline',
    });
    await fetch(location);
    expect(await ended()).toMatchObject({ reason: 'failed' });
    expect(now().lastEnd?.message).toContain('was refused');
    expect(now().lastEnd?.message).toContain('own');
  });

  it('is stopped while the sign-in is waited for', async () => {
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await start();
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(await ended()).toMatchObject({ reason: 'cancelled' });
  });

  it('is held back by a policy that blocks everybody', async () => {
    await owner.cloud.setConditionalAccess({
      tenant: tenant.tenantId,
      resource: 'resourceManager',
      requirement: 'block',
    });
    const { code, message, details } = await refusal(start());
    expect(code).toBe('cloud-refused');
    expect(message).toContain('conditional access holds session Payments (integration acme) back');
    expect(message).toContain('AADSTS53003');
    expect(details.next).toContain('administrator');
  });

  it('is asked for another factor, and gets its sign-in when that is given', async () => {
    await owner.cloud.setConditionalAccess({
      tenant: tenant.tenantId,
      resource: 'resourceManager',
      requirement: 'mfa',
    });
    const { prompts } = await start();
    expect(prompts).toMatchObject([{ kind: 'device-code' }]);
    await owner.cloud.confirmDeviceCode({
      userCode: String(prompts[0]?.code),
      userName: tenant.userName,
      mfa: true,
    });
    await eventually(
      () => now().status,
      (status) => status === 'active',
    );
    await owner.stint.sessions.stop(session.sessionId, { by });
  });

  it('belongs to a tenant that is gone', async () => {
    await owner.cloud.removeTenant(tenant.tenantId);
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-refused');
    expect(message).toContain('The tenant of session Payments (integration acme) is not there');
  });

  it('cannot reach Entra ID', async () => {
    await owner.stint.settings.change({ httpsProxy: 'http://127.0.0.1:1' });
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('login.microsoftonline.com');
    expect(message).toContain('session Payments');
  });

  it('meets a certificate that this machine does not trust', async () => {
    await owner.stint.settings.change({ caBundle: null });
    const { code, details } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(details.next).toContain('caBundle');
  });

  it('meets failures of Entra ID', async () => {
    await owner.cloud.setKnobs({ failNext: 20, failStatus: 503 });
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('session Payments');
  });

  it('is throttled', async () => {
    await owner.cloud.setKnobs({ throttleNext: 20 });
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('throttling');
  });
});
