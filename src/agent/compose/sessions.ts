import { KeyRotations } from '../../services/access-keys/key-rotation.ts';
import { RotationRecords } from '../../services/access-keys/rotation-record.ts';
import { azureFiles } from '../../services/delivery/azure-cli/azure-file.ts';
import type { DeliveryRouter } from '../../services/delivery/router.ts';
import { isAwsSession, type Session } from '../../models/session.ts';
import { azureTime } from '../../services/integrations/azure/connect.ts';
import { awsTime } from '../../services/network/aws-client.ts';
import { removeWithSessions } from '../../services/console/console-folders.ts';
import { locate } from '../../services/delivery/shared/user-file/locate.ts';
import { openLeases } from '../../services/leases/open-leases.ts';
import { DeliveryWatch, filesOf } from '../../services/rotation/delivery-watch.ts';
import { purgeArchived } from '../../services/rotation/purge-archived.ts';
import { Scheduler } from '../../services/rotation/scheduler.ts';
import { SessionService } from '../../services/session-service.ts';
import { NarrowedCredentials } from '../../services/sessions/narrowed-credentials.ts';
import { Reconciliation } from '../../services/sessions/reconcile.ts';
import { ResourceTokens } from '../../services/sessions/resource-tokens.ts';
import { RunCredentials } from '../../services/sessions/run-credentials.ts';
import type { RunContext } from '../../services/sessions/run-context.ts';
import { effective } from '../../services/sessions/session-record.ts';
import { SessionRepository } from '../../services/sessions/session-repository.ts';
import { checkFields } from '../../services/sessions/session-rules.ts';
import { SessionTrials } from '../../services/sessions/session-trials.ts';
import { SessionRunner } from '../../services/sessions/session-runner.ts';
import { endSessions } from '../end-sessions.ts';
import { signInOf } from '../../services/sessions/sign-in-ends.ts';
import type { Foundation } from './foundation.ts';
import type { Network } from './network.ts';
import { composeProviders } from './providers.ts';
import type { SignIns } from './sign-ins.ts';
import type { Storage } from './storage.ts';

/**
 * How long the end of the owner waits, in milliseconds. The next owner waits 40 s for a hand-over
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
  const { paths, clock, elapsed, times, log, lifecycle, metrics } = foundation;
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
    settings: () => storage.settings.current(),
    clock,
    elapsed,
    log,
    metrics,
    requireVault,
    admit: () => {
      lifecycle.admit();
    },
  };
  void removeWithSessions({
    folder: paths.console,
    exists: (sessionId) =>
      repository.find(sessionId) !== undefined || workspace.broken().length > 0,
    events,
  });
  const runner = new SessionRunner(context);
  const narrowed = new NarrowedCredentials({
    providers: providers.all,
    find: (sessionId) => repository.find(sessionId),
    clock: elapsed,
    events,
    log,
  });
  const keyRotations = new KeyRotations({
    ...context,
    records: new RotationRecords(secrets),
    awsIamUser: providers.awsIamUser,
    forgetDerived: (session) => providers.parents.forget(signInOf(session)),
    connectIam: network.connectIam,
    connectSts: network.connectSts,
  });
  const service = new SessionService({
    ...context,
    keyRotations,
    runner,
    awsIamUser: providers.awsIamUser,
    azureSignIn: signIns.azure,
    tokens: new ResourceTokens({ provider: providers.azure, clock: elapsed, events }),
    parents: providers.parents,
    narrowed,
    workspace,
    usualDelivery: (fields) => delivery.kindFor(fields),
  });
  const trials = new SessionTrials({
    ...context,
    awsIamUser: providers.awsIamUser,
    connectSts: network.connectSts,
    readSubscription: signIns.readSubscription,
    check: (fields, about) =>
      checkFields(fields, {
        ...about,
        sessions: repository.all(),
        isLeaving: (id) => repository.isLeaving(id),
        settings: workspace.settings(),
        usualDelivery: (one) => delivery.kindFor(one),
      }),
    signal: lifecycle.signal,
  });
  const reconciliation = new Reconciliation({ ...context, runner });
  const leases = openLeases({
    paths,
    cloudOf: (session) => signIns.cloudOf(session),
    credentials,
    azureConfigDir: () => storage.settings.current().azureConfigDir,
    repository,
    narrowed,
    runner,
    events,
    history,
    clock,
    elapsed,
    log,
  });
  lifecycle.closeAtEnd('leases', () => {
    leases.shut();
  });
  const timeOf = (session: Session) =>
    times.of(
      isAwsSession(session)
        ? awsTime(session.type === 'awsSsoRole' ? 'sso' : 'sts', session.region)
        : azureTime(signIns.cloudOf(session)),
    );
  const scheduler = new Scheduler({
    clock,
    elapsed,
    settings: () => storage.settings.current(),
    timeOf,
    repository,
    runner,
    reconciliation,
    keyRotations,
    purge: () =>
      purgeArchived({
        ...{ repository, elapsed, sessions: service },
        settings: () => storage.settings.current(),
      }),
    leases,
    events,
    history,
    log,
  });
  const deliveryWatch = new DeliveryWatch({
    events,
    check: (sessionIds) => scheduler.checkSections(sessionIds),
    files: () =>
      filesOf(
        repository
          .all()
          .filter(({ status }) => status === 'active')
          .map(effective)
          .filter((session) => delivery.usesFiles(session)),
        { ...storage.settings.current(), azureFiles: azureFiles.map(({ name }) => name), locate },
      ),
  });
  lifecycle.whenDraining(() => {
    deliveryWatch.stop();
    runner.cancelAll('Stint is shutting down.');
    keyRotations.stop('Stint is shutting down.');
  });
  lifecycle.join({
    name: 'scheduler',
    deadline: deadlines.scheduler,
    join: async () => {
      await scheduler.stop();
      await keyRotations.idle();
    },
  });
  lifecycle.join({
    name: 'sessions',
    deadline: deadlines.sessions,
    join: ({ sessions }) => endSessions({ repository, runner, log }, sessions),
  });
  return {
    repository,
    runner,
    service,
    trials,
    credentials,
    keyRotations,
    reconciliation,
    leases,
    scheduler,
    deliveryWatch,
    providers,
  };
}
