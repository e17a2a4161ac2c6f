import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../../src/models/prompt.ts';
import { approve, identityCenter, payments, userName } from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});

const login = (integrationId: string, method: 'browser' | 'device-code') =>
  owner.stint.integrations.login(integrationId, method);

/** What the browser does once the person has signed in: it goes where it is sent. */
async function signIn(prompt: Prompt | undefined): Promise<Response> {
  const { location } = await owner.cloud.authorize({ url: String(prompt?.url), userName });
  return await fetch(location);
}

describe('signing in with a browser', () => {
  it('shows the page, and continues by itself when the browser comes back', async () => {
    const center = await identityCenter(owner, 'acme');
    const { integrationId } = center.integration;
    const { prompts, integration } = await login(integrationId, 'browser');
    expect(integration.status).toBe('logging-in');
    expect(prompts).toMatchObject([{ kind: 'login', integrationId }]);
    const page = new URL(String(prompts[0]?.url));
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
    });
    expect(page.searchParams.get('redirect_uri')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/,
    );
    const answer = await signIn(prompts[0]);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You can close this page');
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
    expect(owner.stint.prompts.list()).toEqual([]);
    expect(owner.stint.history.list({ kind: 'login' }).items).toHaveLength(1);
  });

  it('takes the address that the browser could not reach', async () => {
    const center = await identityCenter(owner, 'acme');
    const { prompts } = await login(center.integration.integrationId, 'browser');
    const { location } = await owner.cloud.authorize({ url: String(prompts[0]?.url), userName });
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { answer: `${location}\n` });
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
  });

  it('heeds no page that does not know the state', async () => {
    const center = await identityCenter(owner, 'acme');
    const { prompts } = await login(center.integration.integrationId, 'browser');
    const redirect = new URL(String(prompts[0]?.url)).searchParams.get('redirect_uri') ?? '';
    for (const query of ['?error=access_denied', '?code=mine&state=guessed', '?code=mine']) {
      expect((await fetch(`${redirect}${query}`)).status).toBe(404);
    }
    expect(center.integration.status).toBe('logging-in');
    await signIn(prompts[0]);
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
  });

  it('never gives one integration the token of another that signs in at the same moment', async () => {
    const [red, blue] = [await identityCenter(owner, 'red'), await identityCenter(owner, 'blue')];
    await red.offer(payments, 'RedRole');
    await blue.offer(payments, 'BlueRole');
    const [toRed, toBlue] = await Promise.all([
      login(red.integration.integrationId, 'browser'),
      login(blue.integration.integrationId, 'browser'),
    ]);
    // A browser that comes back to another path is refused.
    const { location } = await owner.cloud.authorize({
      url: String(toRed.prompts[0]?.url),
      userName,
    });
    const wrong = new URL(location);
    wrong.host = new URL(
      new URL(String(toBlue.prompts[0]?.url)).searchParams.get('redirect_uri') ?? '',
    ).host;
    expect((await fetch(wrong)).status).toBe(404);

    await Promise.all([fetch(location), signIn(toBlue.prompts[0])]);
    await eventually(
      () => [red.integration.status, blue.integration.status].join(),
      (statuses) => statuses === 'logged-in,logged-in',
    );
    await Promise.all([red.sync(), blue.sync()]);
    const named = (id: string) =>
      owner.stint.sessions
        .list()
        .filter((one) => one.type === 'awsSsoRole' && one.integrationId === id)
        .map(({ sessionName }) => sessionName);
    expect(named(red.integration.integrationId)).toEqual(['payments-prod / RedRole']);
    expect(named(blue.integration.integrationId)).toEqual(['payments-prod / BlueRole']);
  });
});

describe('signing in with a device code', () => {
  it('shows the code for comparison, and looks no more often than it may', async () => {
    const center = await identityCenter(owner, 'acme');
    const { prompts } = await login(center.integration.integrationId, 'device-code');
    expect(prompts).toMatchObject([{ kind: 'device-code' }]);
    expect(prompts[0]?.code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(prompts[0]?.url).toContain(prompts[0]?.code);
    await owner.pass(6);
    await owner.pass(6);
    await approve(owner, prompts);
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
  });

  it('shows the code again to who said too early that it is confirmed', async () => {
    const center = await identityCenter(owner, 'acme');
    const { integrationId } = center.integration;
    const { prompts } = await login(integrationId, 'device-code');
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { answer: '' });
    expect(owner.stint.prompts.list()).toEqual([]);
    for (let seconds = 0; seconds < 15; seconds += 5) await owner.pass(5);
    const again = await login(integrationId, 'device-code');
    expect(again.prompts).toMatchObject([
      { kind: 'device-code', code: prompts[0]?.code, expiresAt: prompts[0]?.expiresAt },
    ]);
    expect(again.prompts[0]?.text).toBe(`Not confirmed yet. ${prompts[0]?.text}`);
    await approve(owner, again.prompts);
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
    await owner.pass(30);
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('is one sign-in for all who ask for it', async () => {
    const center = await identityCenter(owner, 'acme');
    const { integrationId } = center.integration;
    const [one, other] = await Promise.all([
      login(integrationId, 'device-code'),
      login(integrationId, 'device-code'),
    ]);
    expect(other.prompts).toEqual(one.prompts);
    await approve(owner, one.prompts);
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
  });
});

describe('what is kept of a sign-in', () => {
  it('is in the vault alone, and is removed by the logout', async () => {
    const center = await identityCenter(owner, 'acme');
    await center.login();
    const { integrationId } = center.integration;
    const token = JSON.parse(
      (await owner.stint.vault.get(`integration/${integrationId}/token`)) ?? '',
    ) as { accessToken: string; refreshToken: string };
    expect(token.refreshToken).toBeTruthy();
    const shown = JSON.stringify([
      owner.stint.integrations.list(),
      owner.stint.history.list().items,
      owner.stint.events.since(0),
    ]);
    expect(shown).not.toContain(token.accessToken);
    expect(shown).not.toContain(token.refreshToken);
    await owner.stint.integrations.logout(integrationId, 'anna');
    expect(await owner.stint.vault.get(`integration/${integrationId}/token`)).toBeUndefined();
  });

  it('ends at a known time where it cannot be renewed', async () => {
    const center = await identityCenter(owner, 'acme', { refresh: false });
    await center.login();
    expect(center.integration.loggedInUntil).toBeDefined();
  });

  it('is dropped when the integration leads elsewhere', async () => {
    const center = await identityCenter(owner, 'acme');
    await center.login();
    const { integrationId } = center.integration;
    const moved = await owner.stint.integrations.update(
      integrationId,
      (fields) => ({ ...fields, region: 'us-east-1' }) as never,
      'anna',
    );
    expect(moved.status).toBe('logged-out');
    expect(await owner.stint.vault.get(`integration/${integrationId}/token`)).toBeUndefined();
  });
});
