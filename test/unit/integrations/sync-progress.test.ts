import { expect, it } from 'vitest';
import { azureCloudAt } from '../../../src/models/azure-cloud.ts';
import type { AzureIntegration } from '../../../src/models/integration.ts';
import { subscriptionSessions } from '../../../src/services/integrations/azure/subscription-sessions.ts';
import type { OnProgress } from '../../../src/services/integrations/source.ts';
import { syncSessions } from '../../../src/services/integrations/sync-sessions.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { integrationsInMemory } from '../../support/integrations-in-memory.ts';

const acme: AzureIntegration = {
  kind: 'azure',
  integrationId: '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12',
  name: 'acme',
  tenantId: 'acme.example',
  status: 'logged-in',
};

/** How many tenants were seen as done after each of `steps`: the time passed, and the tenants done. */
async function seen(...steps: readonly (readonly [milliseconds: number, done: number])[]) {
  const { repository } = integrationsInMemory(acme);
  const clock = new FakeClock();
  const shown: (number | undefined)[] = [];
  const list = (onProgress: OnProgress) => {
    for (const [milliseconds, done] of steps) {
      clock.sleep(milliseconds);
      onProgress({ total: 9, done, found: 0 });
      shown.push(repository.view(acme.integrationId).sync?.done);
    }
    const kind = subscriptionSessions(
      () => ({ defaultLocation: 'eastus' }) as never,
      () => azureCloudAt(undefined),
    );
    return Promise.resolve([kind, { offers: [], skipped: [] }] as const);
  };
  const sessions = {
    add: (make: (all: readonly never[]) => unknown) => Promise.resolve(make([])),
    changeAll: () => Promise.resolve(),
  };
  await syncSessions(
    {
      repository,
      clock,
      sessions: sessions as never,
      published: () => Promise.resolve(new Set()),
      history: { append: () => true, appendAll: () => true } as never,
    },
    acme,
    { by: 'anna', signal: new AbortController().signal, write: (write) => write(), list },
  );
  return shown;
}

it('shows the progress of a sync ten times a second, and its end at once', async () => {
  expect(await seen([0, 1], [50, 2], [60, 3], [10, 4], [10, 9])).toEqual([1, 1, 3, 3, 9]);
});

it('keeps showing progress when the clock was set back', async () => {
  expect(await seen([0, 1], [-3_600_000, 2], [100, 3])).toEqual([1, 2, 3]);
});
