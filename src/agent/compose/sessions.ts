import type { DeliveryRouter } from '../../services/delivery/router.ts';
import { openLeases } from '../../services/leases/open-leases.ts';
import { Scheduler } from '../../services/rotation/scheduler.ts';
import { SessionService } from '../../services/session-service.ts';
import { Reconciliation } from '../../services/sessions/reconcile.ts';
import { ResourceTokens } from '../../services/sessions/resource-tokens.ts';
import { RunCredentials } from '../../services/sessions/run-credentials.ts';
import type { RunContext } from '../../services/sessions/run-context.ts';
import { SessionRepository } from '../../services/sessions/session-repository.ts';
import { SessionRunner } from '../../services/sessions/session-runner.ts';
import { endSessions } from '../end-sessions.ts';
import type { Foundation } from './foundation.ts';
import type { Network } from './network.ts';
import { composeProviders } from './providers.ts';
import type { SignIns } from './sign-ins.ts';
import type { Storage } from './storage.ts';

/**
 * How long the end of the owner waits, in milliseconds. The next owner waits 15 s for a hand-over
 * (owner-probe.ts).
 */
const deadlines = {
  scheduler: { keep: 5_000, stop: 5_000 },
  sessions: { keep: 10_000, stop: 30_000 },
} as const;

/** Everything that starts, rotates and ends sessions. */
export function composeSessions(
  foundation: Foundation,
  storage: Storage,
  network: Network,
  signIns: SignIns,
  delivery: DeliveryRouter,
) {
  const { paths, clock, log, lifecycle } = foundation;
  const { workspace, events, prompts, history, secrets, requireVault } = storage;
  const repository = new SessionRepository({ workspace, events });
  const credentials = new RunCredentials(secrets);
  const providers = composeProviders(foundation, storage, network, signIns, {
    repository,
    credentials,
  });
  const context: RunContext = {
    repository,
    providers: providers.all,
    delivery,
    credentials,
    prompts,
    history,
    clock,
    log,
    requireVault,
    admit: () => {
      lifecycle.admit();
    },
  };
  const runner = new SessionRunner(context);
  const service = new SessionService({
    ...context,
    runner,
    awsIamUser: providers.awsIamUser,
    tokens: new ResourceTokens({ provider: providers.azure, clock, events }),
    parents: providers.parents,
    workspace,
    usualDelivery: (fields) => delivery.kindOf(fields),
  });
  const reconciliation = new Reconciliation({ ...context, runner });
  const leases = openLeases({
    paths,
    cloudOf: (session) => signIns.cloudOf(session),
    repository,
    runner,
    events,
    history,
    clock,
    log,
  });
  lifecycle.closeAtEnd('leases', () => {
    leases.shut();
  });
  const scheduler = new Scheduler({
    clock,
    repository,
    runner,
    reconciliation,
    leases,
    events,
    history,
    log,
  });
  lifecycle.whenDraining(() => {
    runner.cancelAll('Stint is shutting down.');
  });
  lifecycle.join({
    name: 'scheduler',
    deadline: deadlines.scheduler,
    join: () => scheduler.stop(),
  });
  lifecycle.join({
    name: 'sessions',
    deadline: deadlines.sessions,
    join: ({ sessions }) => endSessions({ repository, runner, log }, sessions),
  });
  return { repository, runner, service, reconciliation, leases, scheduler, providers };
}
