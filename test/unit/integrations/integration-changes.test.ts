import { expect, it, vi } from 'vitest';
import { azureCloudAt } from '../../../src/models/azure-cloud.ts';
import type { AzureIntegration, Integration } from '../../../src/models/integration.ts';
import type { Session } from '../../../src/models/session.ts';
import type { AzureSource } from '../../../src/services/integrations/azure/azure-source.ts';
import { subscriptionSessions } from '../../../src/services/integrations/azure/subscription-sessions.ts';
import { IntegrationService } from '../../../src/services/integrations/integration-service.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { everyTurn, integrationsInMemory } from '../../support/integrations-in-memory.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';

const acme: AzureIntegration = {
  kind: 'azure',
  integrationId: '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12',
  name: 'acme',
  tenantId: 'acme.example',
  clientId: 'f6f7b1b5-8f4e-4d0e-9c62-1d6f1f0a3c11',
  status: 'logged-in',
};
const { integrationId } = acme;
const secretName = (id: string) => `application of ${id}`;

/** The service on parts that do just as much as these tests look at. */
function scratch(...begin: readonly Integration[]) {
  const { repository, failSaves } = integrationsInMemory(...begin);
  const secrets = secretsInMemory();
  const { kept } = secrets;
  const order: string[] = [];
  let sessions: readonly Session[] = [];
  const parts = {
    offer: {
      offers: [
        {
          sessionName: 'Pay',
          fields: { subscriptionId: 'pay', tenantId: 't', subscriptionName: 'Pay' },
        },
      ],
      skipped: [],
    },
    beforeAdd: () => Promise.resolve(),
  };
  const azure: AzureSource = {
    login: () => Promise.resolve(),
    logout: () => Promise.resolve(),
    dropSignIn: () => Promise.resolve(),
    forget: (id) => secrets.delete(secretName(id)),
    async setSecrets(id, given) {
      const before = kept.get(secretName(id));
      await secrets.set(secretName(id), JSON.stringify(given));
      return async () => {
        await (before === undefined
          ? secrets.delete(secretName(id))
          : secrets.set(secretName(id), before));
      };
    },
    list: () => Promise.resolve(parts.offer),
    sessions: subscriptionSessions(
      () => ({ defaultLocation: 'eastus' }) as never,
      () => azureCloudAt(undefined),
    ),
  };
  const service = new IntegrationService({
    repository,
    settings: () => ({}) as never,
    published: () => Promise.resolve(new Set()),
    sessions: {
      all: () => sessions,
      async add<T extends { readonly add: readonly Session[] }>(
        make: (all: readonly Session[]) => T,
      ) {
        const made = make(sessions);
        await parts.beforeAdd();
        sessions = [...sessions, ...made.add];
        order.push('sessions added');
        return made;
      },
      changeAll: () => Promise.resolve(),
      whileRemoving: (_ids: readonly string[], work: () => Promise<void>) => work(),
      removeAll(ids: readonly string[]) {
        sessions = sessions.filter(({ sessionId }) => !ids.includes(sessionId));
        order.push('sessions removed');
        return Promise.resolve();
      },
    } as never,
    runner: {} as never,
    sources: { azure, awsSso: {} as never },
    prompts: { list: () => [], watch: () => () => undefined } as never,
    history: { append: () => true, appendAll: () => true } as never,
    clock: new FakeClock(),
    log: { warn: () => undefined } as never,
    requireVault: () => undefined,
    signal: new AbortController().signal,
  });
  return { service, repository, failSaves, kept, parts, order, sessions: () => sessions };
}

it('an integration that could not be saved leaves no secret in the vault', async () => {
  const { service, failSaves, kept } = scratch();
  failSaves();
  const { kind, name, tenantId, clientId } = acme;
  const created = service.create({ kind, name, tenantId, clientId }, 'anna', { clientSecret: 'x' });
  await expect(created).rejects.toThrow('the disk is full');
  expect([...kept.keys()]).toEqual([]);
});

it('a change that could not be saved leaves the secret that was there before', async () => {
  const { service, failSaves, kept } = scratch(acme);
  await service.update(integrationId, (fields) => fields, 'anna', { clientSecret: 'old' });
  const before = new Map(kept);
  failSaves();
  const changed = service.update(integrationId, (f) => f, 'anna', { clientSecret: 'new' });
  await expect(changed).rejects.toThrow('the disk is full');
  expect(kept).toEqual(before);
});

it('two changes at the same time are both kept', async () => {
  const { service, repository } = scratch(acme);
  await Promise.all([
    service.update(integrationId, (fields) => ({ ...fields, name: 'renamed' }), 'anna'),
    service.update(integrationId, (fields) => ({ ...fields, scopes: ['x/.default'] }), 'bert'),
    service.update(
      integrationId,
      (fields) => ({ ...fields, authorityHost: 'https://login.microsoftonline.us' }),
      'cleo',
    ),
  ]);
  expect(repository.get(integrationId)).toMatchObject({
    name: 'renamed',
    scopes: ['x/.default'],
    authorityHost: 'https://login.microsoftonline.us',
  });
});

it('a removal waits for a sync that is writing its sessions, and removes those too', async () => {
  const { service, repository, parts, order, sessions } = scratch(acme);
  const { promise: written, resolve: write } = Promise.withResolvers<undefined>();
  parts.beforeAdd = vi.fn(() => written);
  const synced = service.sync(integrationId, 'anna').catch(() => undefined);
  await expect.poll(() => parts.beforeAdd).toHaveBeenCalled();
  const removed = service.remove(integrationId, { sessions: 'remove', by: 'anna' });
  await everyTurn();
  write(undefined);
  await Promise.all([synced, removed]);
  expect(order).toEqual(['sessions added', 'sessions removed']);
  expect(sessions()).toEqual([]);
  expect(repository.all()).toEqual([]);
});

it('a sync that lists slowly writes nothing once its integration is removed', async () => {
  const { service, parts, sessions } = scratch(acme);
  const { promise: listed, resolve: list } = Promise.withResolvers<typeof parts.offer>();
  const offer = parts.offer;
  Object.defineProperty(parts, 'offer', { get: () => listed });
  const synced = service.sync(integrationId, 'anna');
  synced.catch(() => undefined);
  await everyTurn();
  await service.remove(integrationId, { sessions: 'keep', by: 'anna' });
  list(offer);
  await expect(synced).rejects.toMatchObject({ code: 'session-ended' });
  expect(sessions()).toEqual([]);
});
