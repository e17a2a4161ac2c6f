import * as identity from '@azure/identity';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  NewTokenCache,
  TokenCaches,
  type Beginning,
} from '../../../src/services/integrations/azure/token-cache.ts';
import { withCache } from '../../../src/services/integrations/azure/with-cache.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';
import {
  azureCli,
  contoso,
  resourceManagerScope,
  type Contoso,
} from '../../practice-cloud/azure.ts';
import { practiceForEachTest } from '../../practice-cloud/practice.ts';

/*
 * `@azure/identity` gives third parties no typed way to keep its tokens: what is relied on is pinned
 * here against its pinned version. Whenever this fails after an upgrade, look there first.
 */

const practice = practiceForEachTest();
let people: Contoso;
let secrets: ReturnType<typeof secretsInMemory>;
/** Milliseconds by which elapsed time is ahead of this machine's clock. */
let offset = 0;
const caches = () => new TokenCaches(secrets, { offset });
afterEach(() => {
  vi.useRealTimers();
  offset = 0;
});
beforeEach(async () => {
  await practice.admin.setOverrides({ deviceIntervalSeconds: 1 });
  people = await contoso(practice);
  secrets = secretsInMemory();
});

const hour = 3_600_000;

/** A credential as the next process would make it: nothing in memory but the vault. */
function credential(
  beginning: Beginning | NewTokenCache,
  record?: identity.AuthenticationRecord,
): identity.DeviceCodeCredential {
  const inner = createDefaultHttpClient();
  const agent = new Agent({ ca: readFileSync(practice.azure.azureCaFile, 'utf8') });
  const cache =
    beginning instanceof NewTokenCache ? beginning.plugin : caches().plugin('one', beginning);
  return withCache(identity, cache, () => {
    return new identity.DeviceCodeCredential({
      tenantId: people.tenantId,
      clientId: azureCli,
      authorityHost: practice.azure.entraEndpoint,
      disableInstanceDiscovery: true,
      tokenCachePersistenceOptions: { enabled: true },
      httpClient: {
        sendRequest: (request) => {
          request.agent = agent;
          return inner.sendRequest(request);
        },
      },
      userPromptCallback: ({ userCode }) => {
        void practice.admin.confirmDeviceCode({ userCode, userName: people.userName });
      },
      ...(record === undefined
        ? {}
        : { authenticationRecord: record, disableAutomaticAuthentication: true }),
    });
  });
}

async function signIn(): Promise<identity.AuthenticationRecord> {
  const cache = new NewTokenCache();
  const record = await credential(cache).authenticate(resourceManagerScope);
  await caches().replace('one', cache);
  if (record === undefined) throw new Error('nobody is signed in');
  return record;
}

describe('the tokens that @azure/identity keeps in the vault', () => {
  it('serve the next process without a question, also for other resources', async () => {
    const record = await signIn();
    const first = await credential('kept', record).getToken(resourceManagerScope);
    expect((await credential('kept', record).getToken(resourceManagerScope)).token).toBe(
      first.token,
    );
    const vault = await credential('kept', record).getToken('https://vault.azure.net/.default');
    expect(vault.token).not.toBe(first.token);
  });

  it('are obtained again where the kept ones must not be used, and are then kept', async () => {
    const record = await signIn();
    const first = await credential('kept', record).getToken(resourceManagerScope);
    const fresh = await credential('without-access-tokens', record).getToken(resourceManagerScope);
    expect(fresh.token).not.toBe(first.token);
    expect((await credential('kept', record).getToken(resourceManagerScope)).token).toBe(
      fresh.token,
    );
  });

  it.each([
    ['back, so that they seem to last longer', -2 * hour, 2.5 * hour, false],
    ['forward, so that they seem to have expired', 2 * hour, 0.5 * hour, true],
  ])('count by elapsed time where somebody sets the clock %s', async (_how, set, passed, serve) => {
    const record = await signIn();
    const first = await credential('kept', record).getToken(resourceManagerScope);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + set + passed });
    offset = -set;
    const second = await credential('kept', record).getToken(resourceManagerScope);
    expect(second.token === first.token).toBe(serve);
    expect((await credential('kept', record).getToken(resourceManagerScope)).token).toBe(
      second.token,
    );
  });

  it('are forgotten with the integration, so that somebody has to sign in', async () => {
    const record = await signIn();
    await caches().forget('one');
    await expect(credential('kept', record).getToken(resourceManagerScope)).rejects.toThrow(
      identity.AuthenticationRequiredError,
    );
  });
});
