import { IdentityProviderService } from '../../services/identity-providers/identity-provider-service.ts';
import { IntegrationService } from '../../services/integrations/integration-service.ts';
import type { Scheduler } from '../../services/rotation/scheduler.ts';
import type { Services } from '../../services/services.ts';
import type { Reconciliation } from '../../services/sessions/reconcile.ts';
import { createUnlockPrompt } from '../../services/vault/unlock-prompt.ts';
import { composeDelivery } from './delivery.ts';
import { foundationOf, type ComposeOptions } from './foundation.ts';
import { composeNetwork } from './network.ts';
import { composeSessions } from './sessions.ts';
import { composeSignIns } from './sign-ins.ts';
import { composeStorage } from './storage.ts';

/** How long the end of the owner waits for sign-ins and syncs, in milliseconds. */
const integrationsDeadline = { keep: 5_000, stop: 5_000 } as const;

export interface Composition extends Services {
  readonly reconciliation: Reconciliation;
  readonly scheduler: Scheduler;
}

/**
 * The owner process, built by hand. What it opens is closed by `lifecycle`, also where a later step
 * throws. Throws the Problems of `composeStorage`.
 */
export async function compose(options: ComposeOptions): Promise<Composition> {
  const foundation = foundationOf(options);
  const { clock, log, lifecycle, owner } = foundation;
  const storage = await composeStorage(foundation);
  const { events, prompts, workspace, settings, vault, history, access, requireVault } = storage;
  const network = composeNetwork(foundation, storage);
  const signIns = composeSignIns(foundation, storage, network);
  const delivery = composeDelivery(foundation, storage, signIns);
  const sessions = composeSessions(foundation, storage, network, signIns, delivery);
  const { repository, runner, reconciliation, providers } = sessions;
  const integrations = new IntegrationService({
    repository: signIns.repository,
    sessions: repository,
    runner,
    sources: signIns.sources,
    prompts,
    settings: () => settings.current(),
    history,
    clock,
    log,
    requireVault,
    signal: lifecycle.signal,
  });
  lifecycle.join({
    name: 'integrations',
    deadline: integrationsDeadline,
    join: () => integrations.idle(),
  });
  const identityProviders = new IdentityProviderService({
    workspace,
    events,
    sessions: repository,
    runner,
    forget: (idpId) => providers.awsIamRoleFederated.forgetIdentityProvider(idpId),
  });
  const unlockPrompt = createUnlockPrompt({
    vault,
    prompts,
    events,
    clock,
    onUnlocked: async () => {
      // An owner that is ending leaves that to the next one.
      if (!lifecycle.signal.aborted) await reconciliation.reconcile();
    },
  });
  return {
    sessions: sessions.service,
    integrations,
    identityProviders,
    leases: sessions.leases,
    prompts,
    events,
    history,
    access,
    settings,
    vault,
    log,
    owner,
    unlockPrompt,
    notices: () => [
      ...foundation.environment.warnings,
      ...workspace.notices(),
      ...history.notices(),
      ...access.notices(),
    ],
    reconciliation,
    scheduler: sessions.scheduler,
  };
}
