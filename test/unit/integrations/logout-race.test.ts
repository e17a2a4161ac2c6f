import { ServerTime } from '../../../src/services/clock/server-time.ts';
import * as oidc from '@aws-sdk/client-sso-oidc';
import * as sso from '@aws-sdk/client-sso';
import { expect, it } from 'vitest';
import type { AwsSsoIntegration } from '../../../src/models/integration.ts';
import { SsoSignIn } from '../../../src/services/integrations/aws-sso/sign-in.ts';
import type { SecretStore } from '../../../src/services/vault/secret-store.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { everyTurn, integrationsInMemory } from '../../support/integrations-in-memory.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';

const acme: AwsSsoIntegration = {
  kind: 'awsSso',
  integrationId: '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12',
  name: 'acme',
  region: 'eu-west-1',
  startUrl: 'https://acme.example/start',
  status: 'logged-in',
};
const tokenName = `integration/${acme.integrationId}/token`;
const registrationName = `integration/${acme.integrationId}/registration-device`;

/** A sign-in whose token has to be renewed; `onWrite` sees each write to the vault. */
async function expiring(onWrite: (name: string) => Promise<void>) {
  const clock = new FakeClock();
  const inner = secretsInMemory();
  const secrets: SecretStore = {
    ...inner,
    async set(name, value) {
      await inner.set(name, value);
      await onWrite(name);
    },
  };
  const { repository } = integrationsInMemory(acme);
  const client = (answer: object) =>
    ({ send: () => Promise.resolve(answer), destroy: () => undefined }) as never;
  const signIn = new SsoSignIn({
    repository,
    secrets,
    clock,
    connect: {
      oidc: () =>
        Promise.resolve({
          sdk: oidc,
          origin: 'https://oidc.example',
          client: client({
            accessToken: 'new-access-token',
            refreshToken: 'new-refresh-token',
            expiresIn: 3600,
            clientId: 'client',
            clientSecret: 'client-secret',
            clientSecretExpiresAt: clock.now() / 1000 + 86_400,
          }),
        }),
      portal: () => Promise.resolve({ sdk: sso, client: client({}), time: new ServerTime(clock) }),
      startUrl: ({ startUrl }) => Promise.resolve(startUrl),
    },
    prompts: {} as never,
    history: { append: () => true, appendAll: () => true } as never,
    usualMethod: 'device-code',
    log: { explain: () => undefined },
  });
  await inner.set(
    tokenName,
    JSON.stringify({
      accessToken: 'old-access-token',
      refreshToken: 'old-refresh-token',
      issuedAt: clock.now() - 3_600_000,
      expiresAt: clock.now(),
      grant: 'device',
    }),
  );
  const renew = () =>
    signIn.withToken(acme, { signal: new AbortController().signal }, (token) =>
      Promise.resolve(token),
    );
  return { signIn, renew, kept: inner.kept, repository };
}

it.each(['logout', 'forget'] as const)(
  'a %s while Identity Center’s answer to a renewal is written down is the last word',
  async (how) => {
    let ended: Promise<void> | undefined;
    const end = () => (how === 'logout' ? signIn.logout(acme) : signIn.forget(acme.integrationId));
    const { signIn, renew, kept, repository } = await expiring(async (name) => {
      if (name !== tokenName) return;
      ended = end();
      await everyTurn();
    });
    await renew().catch(() => undefined);
    await ended;
    await everyTurn();
    expect(kept.has(tokenName)).toBe(false);
    if (how === 'logout') expect(repository.get(acme.integrationId).status).toBe('logged-out');
  },
);

it('forgetting an integration leaves no registration that a renewal was making', async () => {
  let ended: Promise<void> | undefined;
  const { signIn, renew, kept } = await expiring(async (name) => {
    if (name !== registrationName) return;
    ended = signIn.forget(acme.integrationId);
    await everyTurn();
  });
  await renew().catch(() => undefined);
  await ended;
  await everyTurn();
  expect([...kept.keys()]).toEqual([]);
});
