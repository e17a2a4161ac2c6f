import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../../src/models/prompt.ts';
import { azureTenant, confirm, type Tenant } from '../../support/azure-tenant.ts';

import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';
import { makeClientCertificate } from '../../practice-cloud/client-certificate.ts';

let owner: ScratchOwner;
let tenant: Tenant;
aRunningOwner(async (started) => {
  owner = started;
  tenant = await azureTenant(owner, 'acme');
});

const login = (method: 'browser' | 'device-code', one: Tenant = tenant) =>
  owner.stint.integrations.login(one.integration.integrationId, method);

const signedIn = (one: Tenant = tenant) =>
  eventually(
    () => one.integration.status,
    (status) => status === 'logged-in',
  );

/** What the browser does once the person has signed in: it goes where it is sent. */
async function signIn(prompt: Prompt | undefined, userName = tenant.userName): Promise<Response> {
  const { location } = await owner.cloud.entraAuthorize({ url: String(prompt?.url), userName });
  return await fetch(location);
}

describe('signing in to an Azure tenant with a device code', () => {
  it('shows the code and the page, and continues by itself once it is confirmed', async () => {
    const { prompts, integration } = await login('device-code');
    expect(integration.status).toBe('logging-in');
    const { integrationId } = integration;
    expect(prompts).toMatchObject([{ kind: 'device-code', integrationId }]);
    expect(prompts[0]?.text).toContain('acme');
    expect(prompts[0]?.url).toMatch(/^http/);
    await confirm(owner, prompts, tenant.userName);
    await signedIn();
    expect(owner.stint.prompts.list()).toEqual([]);
    expect(owner.stint.history.list({ kind: 'login' }).items).toHaveLength(1);
  });

  it('shows the code again to who said too early that it is confirmed', async () => {
    const { prompts } = await login('device-code');
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { answer: '' });
    await owner.pass(15);
    const again = await login('device-code');
    expect(again.prompts).toMatchObject([
      { kind: 'device-code', code: prompts[0]?.code, expiresAt: prompts[0]?.expiresAt },
    ]);
    await confirm(owner, again.prompts, tenant.userName);
    await signedIn();
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('ends when the code is declined on the page, and says so', async () => {
    const { prompts } = await login('device-code');
    await owner.cloud.declineDeviceCode(String(prompts[0]?.code));
    await eventually(
      () => tenant.integration.status,
      (status) => status === 'logged-out',
    );
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('can be cancelled', async () => {
    const { prompts } = await login('device-code');
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { cancel: true });
    await eventually(
      () => tenant.integration.status,
      (status) => status === 'logged-out',
    );
  });
});

describe('signing in to an Azure tenant with a browser', () => {
  it('shows the page, with PKCE, and continues by itself when the browser comes back', async () => {
    const { prompts } = await login('browser');
    expect(prompts).toMatchObject([{ kind: 'login' }]);
    const page = new URL(String(prompts[0]?.url));
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
    });
    expect(page.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/$/);
    expect((await signIn(prompts[0])).status).toBe(200);
    await signedIn();
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('takes the address that the browser could not reach', async () => {
    const { prompts } = await login('browser');
    const { location } = await owner.cloud.entraAuthorize({
      url: String(prompts[0]?.url),
      userName: tenant.userName,
    });
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { answer: `${location}\n` });
    await signedIn();
  });

  it('never gives one tenant the token of another that signs in at the same moment', async () => {
    const other = await azureTenant(owner, 'globex');
    await tenant.offer('Ours');
    await other.offer('Theirs');
    const [ours, theirs] = await Promise.all([login('browser'), login('browser', other)]);
    await Promise.all([
      signIn(theirs.prompts[0], other.userName),
      signIn(ours.prompts[0], tenant.userName),
    ]);
    await Promise.all([signedIn(), signedIn(other)]);
    await Promise.all([tenant.sync(), other.sync()]);
    expect(tenant.session('Ours').integrationId).toBe(tenant.integration.integrationId);
    expect(other.session('Theirs').integrationId).toBe(other.integration.integrationId);
  });

  it('is reported if the person declines to consent', async () => {
    const { clientId } = await owner.cloud.createApp({
      tenant: tenant.tenantId,
      name: 'Own application',
      isPublic: true,
      consented: false,
    });
    const own = await owner.stint.integrations.create(
      { kind: 'azure', name: 'own', tenantId: tenant.tenantId, clientId },
      by,
    );
    const told = owner.stint.integrations.sync(own.integrationId, by);
    const { prompts } = await owner.stint.integrations.login(own.integrationId, 'browser');
    await told;
    const { location } = await owner.cloud.entraAuthorize({
      url: String(prompts[0]?.url),
      userName: tenant.userName,
      consent: 'decline',
    });
    await fetch(location);
    await eventually(
      () => owner.stint.integrations.get(own.integrationId).status,
      (status) => status === 'logged-out',
    );
  });
});

describe('the sign-in of an Azure tenant', () => {
  it('is the same for all who wait for it', async () => {
    const [first, second] = await Promise.all([login('device-code'), login('device-code')]);
    expect(first.prompts[0]?.promptId).toBe(second.prompts[0]?.promptId);
    await confirm(owner, first.prompts, tenant.userName);
    await signedIn();
  });

  it('is dropped by a logout, so that the next start asks again', async () => {
    await tenant.offer('Payments');
    await tenant.sync();
    await owner.stint.integrations.logout(tenant.integration.integrationId, by);
    expect(tenant.integration.status).toBe('logged-out');
    const { prompts } = await owner.stint.sessions.start(tenant.session('Payments').sessionId, {
      by,
    });
    expect(prompts).toMatchObject([{ kind: 'device-code' }]);
  });

  it('is dropped when the tenant becomes another one', async () => {
    await tenant.login();
    await owner.stint.integrations.update(
      tenant.integration.integrationId,
      (fields) => ({ ...fields, tenantId: 'globex.example' }) as never,
      by,
    );
    expect(tenant.integration.status).toBe('logged-out');
  });
});

describe('an application of an Azure tenant', () => {
  async function application() {
    const { clientId } = await owner.cloud.createApp({ tenant: tenant.tenantId, name: 'deploy' });
    await owner.cloud.createSubscription({
      tenant: tenant.tenantId,
      name: 'Payments',
      principals: [clientId],
    });
    return clientId;
  }
  const create = (clientId: string, secrets: object) =>
    owner.stint.integrations.create(
      { kind: 'azure', name: 'deploy', tenantId: tenant.tenantId, clientId },
      by,
      secrets,
    );

  it('signs in with a client secret, and asks nobody', async () => {
    const clientId = await application();
    const { secret } = await owner.cloud.addClientSecret({ clientId });
    const { integrationId, ...view } = await create(clientId, { clientSecret: secret });
    expect(view).toMatchObject({ credential: 'client-secret' });
    expect(JSON.stringify(view)).not.toContain(secret);
    const { result } = await owner.stint.integrations.sync(integrationId, by);
    expect(result).toMatchObject({ added: 1 });
    expect(owner.stint.integrations.get(integrationId).status).toBe('logged-in');
  });

  it('signs in with a certificate', async () => {
    const clientId = await application();
    const { certificate, key } = await makeClientCertificate();
    await owner.cloud.addClientCertificate({ clientId, certificate });
    const { integrationId } = await create(clientId, {
      clientCertificate: `${certificate}\n${key}`,
    });
    const { prompts } = await owner.stint.integrations.login(integrationId, undefined);
    expect(prompts).toEqual([]);
    expect(owner.stint.integrations.get(integrationId)).toMatchObject({
      status: 'logged-in',
      credential: 'client-certificate',
    });
  });

  it('fails with a wrong secret, and works with the right one', async () => {
    const clientId = await application();
    const { secret } = await owner.cloud.addClientSecret({ clientId });
    const { integrationId } = await create(clientId, { clientSecret: 'wrong' });
    const refused = await refusal(owner.stint.integrations.login(integrationId, undefined));
    expect(refused.code).toBe('cloud-refused');
    expect(refused.message).toContain('The client secret of integration deploy is wrong');
    expect(refused.message).not.toContain('wrong~');
    expect(refused.details.next).toContain('--ask-client-secret');
    await owner.stint.integrations.update(integrationId, (fields) => fields, by, {
      clientSecret: secret,
    });
    await owner.stint.integrations.login(integrationId, undefined);
    expect(owner.stint.integrations.get(integrationId).status).toBe('logged-in');
  });

  it('needs a client id with its secret', async () => {
    const refused = await refusal(
      owner.stint.integrations.create(
        { kind: 'azure', name: 'deploy', tenantId: tenant.tenantId },
        by,
        { clientSecret: 'some' },
      ),
    );
    expect(refused.code).toBe('invalid-request');
    expect(refused.details.errors).toMatchObject([{ field: 'clientId' }]);
  });
});
