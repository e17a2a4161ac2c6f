import type { Integration } from '../../src/models/integration.ts';
import { EventLog } from '../../src/services/events/event-log.ts';
import { IntegrationRepository } from '../../src/services/integrations/integration-repository.ts';
import type { SaveRequest, WorkspaceStore } from '../../src/services/workspace/workspace-store.ts';

export interface IntegrationsInMemory {
  readonly repository: IntegrationRepository;
  /** Every later save fails as on a full disk. */
  readonly failSaves: () => void;
}

/** The integrations of a workspace that is never written to a disk. */
export function integrationsInMemory(...begin: readonly Integration[]): IntegrationsInMemory {
  let integrations = [...begin];
  let isFull = false;
  const workspace = {
    integrations: () => integrations,
    save: ({ integrations: change }: Pick<SaveRequest, 'integrations'>) => {
      if (isFull) return Promise.reject(new Error('the disk is full'));
      const put = change?.put ?? [];
      const gone = new Set([
        ...(change?.remove ?? []),
        ...put.map(({ integrationId }) => integrationId),
      ]);
      integrations = [...integrations.filter((one) => !gone.has(one.integrationId)), ...put];
      return Promise.resolve();
    },
  } satisfies Pick<WorkspaceStore, 'integrations' | 'save'>;
  return {
    repository: new IntegrationRepository({
      workspace: workspace as Partial<WorkspaceStore> as WorkspaceStore,
      events: new EventLog(),
    }),
    failSaves: () => {
      isFull = true;
    },
  };
}

/** Lets everything that is ready run, many times over. */
export async function everyTurn(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
