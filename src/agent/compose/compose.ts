import { clockOffsetText, reportedOffset } from '../../models/clock-offset.ts';
import { Changes } from '../../services/changes/changes.ts';
import { ownChanges } from '../../services/changes/own-files.ts';
import { ConsoleService } from '../../services/console/console-service.ts';
import { IdentityProviderService } from '../../services/identity-providers/identity-provider-service.ts';
import { IntegrationService } from '../../services/integrations/integration-service.ts';
import { ProfileService } from '../../services/profiles/profile-service.ts';
import { addCurrentState } from '../../services/metrics/current-state.ts';
import type { KeyRotations } from '../../services/access-keys/key-rotation.ts';
import type { DeliveryWatch } from '../../services/rotation/delivery-watch.ts';
import { ReleaseCheck } from '../../services/releases/release-check.ts';
import type { Scheduler } from '../../services/rotation/scheduler.ts';
import type { Services } from '../../services/services.ts';
import type { Reconciliation } from '../../services/sessions/reconcile.ts';
import type { SessionRepository } from '../../services/sessions/session-repository.ts';
import { IdleLock } from '../../services/vault/idle-lock.ts';
import { createUnlock } from '../../services/vault/unlock-prompt.ts';
import { createVaultLock } from '../../services/vault/vault-lock.ts';
import { stopForLock } from '../../services/sessions/stop-for-lock.ts';
import { composeDelivery } from './delivery.ts';
import { foundationOf, type ComposeOptions } from './foundation.ts';
import { composeImports } from './imports.ts';
import { composeNetwork } from './network.ts';
import { composeSessions } from './sessions.ts';
import { composeSignIns } from './sign-ins.ts';
import { composeStorage } from './storage.ts';

/** How long the end of the owner waits for sign-ins and syncs, in milliseconds. */
const integrationsDeadline = { keep: 5_000, stop: 5_000 } as const;

/** The same for published profiles that follow their sessions. */
const profilesDeadline = { keep: 5_000, stop: 5_000 } as const;

export interface Composition extends Services {
  readonly reconciliation: Reconciliation;
  readonly scheduler: Scheduler;
  readonly keyRotations: KeyRotations;
  readonly repository: SessionRepository;
  readonly deliveryWatch: DeliveryWatch;
}

/**
 * The owner process, built by hand. What it opens is closed by `lifecycle`, also where a later step
 * throws. Throws the Problems of `composeStorage`.
 */
export async function compose(options: ComposeOptions): Promise<Composition> {
  const foundation = foundationOf(options);
  const { clock, elapsed, log, lifecycle, owner, metrics } = foundation;
  const storage = await composeStorage(foundation);
  const { events, prompts, workspace, settings, vault, history, access, requireVault } = storage;
  const network = composeNetwork(storage);
  const signIns = composeSignIns(foundation, storage, network);
  const { router: delivery, publisher } = composeDelivery(foundation, storage, signIns);
  const sessions = composeSessions(foundation, storage, network, signIns, delivery);
  const { repository, runner, reconciliation, providers } = sessions;
  const profiles = new ProfileService({
    all: () => repository.all(),
    sessions: sessions.service,
    publisher,
    events,
    log,
  });
  lifecycle.whenDraining(profiles.follow());
  lifecycle.join({
    name: 'profiles',
    deadline: profilesDeadline,
    join: () => profiles.idle(),
  });
  settings.whenDeliveriesMove(async () => {
    await reconciliation.moveDelivered();
    await profiles.sync();
  });
  const integrations = new IntegrationService({
    repository: signIns.repository,
    sessions: repository,
    runner,
    sources: signIns.sources,
    prompts,
    settings: () => settings.current(),
    published: async () => new Set((await publisher.published()).map(({ sessionId }) => sessionId)),
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
    history,
    sessions: repository,
    runner,
    forget: (idpId) => providers.awsIamRoleFederated.forgetIdentityProvider(idpId),
    requireVault,
  });
  const console = new ConsoleService({
    find: (sessionId) => repository.find(sessionId),
    get: (sessionId) => sessions.service.get(sessionId),
    credentials: (sessionId) => sessions.service.credentials(sessionId),
    cloudOf: (session) => signIns.cloudOf(session),
    leases: sessions.leases,
    network: network.network,
    clock,
    signal: lifecycle.signal,
  });
  const imports = composeImports(foundation, storage, sessions, {
    integrations,
    identityProviders,
    usualDelivery: (fields) => delivery.kindFor(fields),
  });
  const changes = new Changes({
    delivery,
    find: (sessionId) => repository.find(sessionId),
    sessions: sessions.service,
    reconciliation,
    leases: sessions.leases,
    profiles,
    own: () =>
      ownChanges({
        paths: foundation.paths,
        serviceFile: foundation.environment.serviceFile,
        vaultMethod: () => vault.status().method,
      }),
  });
  const unlock = createUnlock({
    vault,
    prompts,
    events,
    clock: elapsed,
    signal: lifecycle.signal,
    onUnlocked: async () => {
      void storage.historyAnchor.store();
      // An owner that is ending leaves that to the next one.
      if (!lifecycle.signal.aborted) await reconciliation.reconcile();
    },
  });
  const vaultLock = createVaultLock({
    vault,
    events,
    history,
    settings: () => settings.current(),
    clock,
    cancelWork: (message) => {
      runner.cancelAll(message);
    },
    stopSessions: (end) => stopForLock({ repository, runner, log }, end),
    forget: () => {
      sessions.credentials.forgetMemory();
    },
    ask: unlock.prompt,
    open: unlock.unlock,
  });
  addCurrentState(metrics.registry, {
    version: owner.version,
    sessions: () => repository.all(),
    openLeases: () => sessions.leases.openKinds(),
    prompts: () => prompts.list(),
  });
  const idleLock = new IdleLock({
    vault,
    lock: (request) => vaultLock.lock(request),
    settings: () => settings.current(),
    events,
    clock: elapsed,
    signal: lifecycle.signal,
  });
  const releases = new ReleaseCheck({
    version: owner.version,
    source: foundation.releases ?? { off: 'Stint was started without a feed of releases.' },
    file: foundation.paths.release,
    network: network.network,
    settings: () => settings.current(),
    clock,
    log,
    signal: lifecycle.signal,
  });
  return {
    releases,
    sessions: sessions.service,
    trials: sessions.trials,
    integrations,
    identityProviders,
    profiles,
    console,
    imports,
    leases: sessions.leases,
    changes,
    prompts,
    events,
    history,
    historyAnchor: storage.historyAnchor,
    access,
    settings,
    vault,
    log,
    metrics,
    owner,
    leftovers: () => delivery.leftovers(),
    unlockPrompt: unlock.prompt,
    refreshWorkspace: () => repository.refresh(),
    retryKeychain: unlock.retry,
    vaultLock,
    noteRequest: (request) => idleLock.noteRequest(request),
    restoreVault: unlock.restore,
    notices: () => [
      ...clockNotices(foundation.times.offset),
      ...foundation.environment.warnings,
      ...workspace.notices(),
      ...history.notices(),
      ...storage.historyAnchor.notices(),
      ...access.notices(),
      ...(foundation.notices?.() ?? []),
    ],
    reconciliation,
    scheduler: sessions.scheduler,
    keyRotations: sessions.keyRotations,
    repository,
    deliveryWatch: sessions.deliveryWatch,
  };
}

function clockNotices(offset: number): readonly string[] {
  const seconds = reportedOffset(offset);
  return seconds === undefined
    ? []
    : [`${clockOffsetText(seconds)} Set it, or let it follow the network.`];
}
