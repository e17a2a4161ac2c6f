import { expect, it } from 'vitest';
import { approve, identityCenter, userName, type Center } from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
let center: Center;
aRunningOwner(async (started) => {
  owner = started;
  center = await identityCenter(owner, 'acme');
});

async function signIn(method: 'browser' | 'device-code') {
  const { integrationId } = center.integration;
  const { prompts } = await owner.stint.integrations.login(integrationId, method);
  if (method === 'device-code') await approve(owner, prompts);
  else {
    const url = String(prompts[0]?.url);
    await fetch((await owner.cloud.authorize({ url, userName })).location);
  }
  await eventually(
    () => owner.stint.prompts.list().length + (center.integration.status === 'logged-in' ? 0 : 1),
    (open) => open === 0,
  );
}

const vaultName = (suffix: string) =>
  `integration/${center.integration.integrationId}/registration${suffix}`;
const clientIn = async (suffix: string) => {
  const text = await owner.stint.vault.get(vaultName(suffix));
  return text === undefined ? undefined : (JSON.parse(text) as { readonly clientId: string });
};
const registrations = async () =>
  (await owner.cloud.calls()).filter(({ action }) => action === 'sso-oidc:RegisterClient').length;

it('each way to sign in has its own client, which is used again', async () => {
  await signIn('browser');
  await signIn('device-code');
  const [code, device] = [await clientIn('-code'), await clientIn('-device')];
  expect(code?.clientId).not.toBe(device?.clientId);
  await signIn('browser');
  await signIn('device-code');
  expect([await clientIn('-code'), await clientIn('-device')]).toEqual([code, device]);
  expect(await registrations()).toBe(2);
});

it.each(['browser', 'device-code'] as const)(
  'a token obtained by %s is renewed with the client it was issued to',
  async (method) => {
    await signIn(method === 'browser' ? 'device-code' : 'browser');
    await signIn(method);
    await owner.pass(3600);
    const { prompts } = await owner.stint.integrations.sync(
      center.integration.integrationId,
      'anna',
    );
    expect(prompts).toEqual([]);
  },
);

it('a sign-in made by an older Stint is renewed with the client of that time, until the next sign-in', async () => {
  await signIn('device-code');
  const { integrationId } = center.integration;
  const tokenName = `integration/${integrationId}/token`;
  const { grant, ...token } = JSON.parse((await owner.stint.vault.get(tokenName)) ?? '') as {
    grant: string;
  };
  expect(grant).toBe('device');
  const client = (await owner.stint.vault.get(vaultName('-device'))) ?? '';
  await owner.stint.vault.set(tokenName, JSON.stringify(token));
  await owner.stint.vault.set(vaultName(''), client);
  await owner.stint.vault.delete(vaultName('-device'));
  await owner.pass(3600);
  const { prompts } = await owner.stint.integrations.sync(integrationId, 'anna');
  expect(prompts).toEqual([]);
  expect(await registrations()).toBe(1);
  await signIn('browser');
  expect(await clientIn('')).toBeUndefined();
});
