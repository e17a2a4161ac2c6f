import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { azureCloudAt } from '../../../src/models/azure-cloud.ts';
import type { AzureIntegration } from '../../../src/models/integration.ts';
import { ServerTime } from '../../../src/services/clock/server-time.ts';
import type {
  AzureConnection,
  ConnectAzure,
} from '../../../src/services/integrations/azure/connect.ts';
import { listSubscriptions } from '../../../src/services/integrations/azure/list-subscriptions.ts';
import type { AzureSignIn } from '../../../src/services/integrations/azure/sign-in.ts';
import { FakeClock } from '../../fakes/clock.ts';

const acme: AzureIntegration = {
  kind: 'azure',
  integrationId: '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12',
  name: 'acme',
  tenantId: '11111111-1111-4111-8111-111111111111',
  status: 'logged-in',
};

beforeEach(async () => {
  await import('@azure/arm-resources-subscriptions');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a sync with a Resource Manager that fails again and again ends within 24 seconds', async () => {
  let asked = 0;
  const cloud = azureCloudAt('https://login.example', 'https://manager.example');
  const connection: AzureConnection = {
    cloud,
    time: new ServerTime(new FakeClock()),
    trouble: () => ({ kind: 'status', status: 503, host: 'manager.example', message: '' }),
    answeredBy: () => 'manager.example',
    close: () => undefined,
    httpClient: {
      sendRequest: (request) => {
        asked += 1;
        return Promise.resolve({ request, status: 503, headers: createHttpHeaders() });
      },
    },
  };
  const connect: ConnectAzure = { cloudOf: () => cloud, to: () => Promise.resolve(connection) };
  const signIn = {
    token: () => Promise.resolve({ accessToken: 'token', expiresAt: Date.now() + 3_600_000 }),
  } as unknown as AzureSignIn;
  const start = Date.now();
  const refused = listSubscriptions(
    { connect, signIn },
    acme,
    new AbortController().signal,
    () => undefined,
  ).then(
    () => undefined,
    (error: unknown) => ({ error, seconds: (Date.now() - start) / 1000 }),
  );
  for (let second = 0; second < 300; second += 1) await vi.advanceTimersByTimeAsync(1000);
  const { error, seconds } = (await refused) ?? {};
  expect(error).toMatchObject({ code: 'cloud-unreachable' });
  expect(seconds).toBeLessThan(24);
  expect(asked).toBe(9);
});
