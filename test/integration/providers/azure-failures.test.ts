import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AzureSession } from '../../../src/models/session.ts';
import { azureTenant, type Tenant } from '../../support/azure-tenant.ts';
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
const start = () => startOne(session);
const now = () => nowOne(session);

describe('the message when an Azure session', () => {
  beforeEach(async () => {
    // What is kept of these is unusable from the start, so that each start asks Entra ID.
    await owner.cloud.setOverrides({ grantedSeconds: 300 });
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    await tenant.login();
  });
  afterEach(async () => {
    await owner.cloud.resetOverrides();
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
    await owner.cloud.setOverrides({ refreshTokenSeconds: 60 });
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
    // The log names the reason as the start joins, and not before.
    await eventually(
      () => readFile(join(owner.folder, 'stint', 'logs', 'stint.log'), 'utf8').catch(() => ''),
      (log) => log.includes('own: Nobody is signed in'),
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
    expect(message).toContain(
      'A conditional access policy blocks session Payments (integration acme)',
    );
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
    expect(message).toContain('The tenant of session Payments (integration acme) does not exist');
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
    await owner.cloud.setOverrides({ failNext: 20, failStatus: 503 });
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('session Payments');
  });

  it('is throttled', async () => {
    await owner.cloud.setOverrides({ throttleNext: 20 });
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('throttling');
  });
});
