import { Problem } from '../../src/models/problem.ts';
import type { Session } from '../../src/models/session.ts';
import type { SessionFields } from '../../src/models/session-fields.ts';
import { Mutex } from '../../src/services/concurrency/mutex.ts';
import { EventLog } from '../../src/services/events/event-log.ts';
import type { Delivery } from '../../src/services/delivery/delivery.ts';
import { DeliveryRouter } from '../../src/services/delivery/router.ts';
import type { History } from '../../src/services/history/history.ts';
import { PromptService } from '../../src/services/prompts/prompt-service.ts';
import type { CredentialProvider } from '../../src/services/providers/provider.ts';
import { RunCredentials } from '../../src/services/sessions/run-credentials.ts';
import { newSession } from '../../src/services/sessions/session-record.ts';
import { SessionRepository } from '../../src/services/sessions/session-repository.ts';
import { SessionRunner } from '../../src/services/sessions/session-runner.ts';
import type { SaveRequest, WorkspaceStore } from '../../src/services/workspace/workspace-store.ts';
import type { MachineClock } from '../../src/services/clock/clock.ts';
import { ElapsedTime } from '../../src/services/clock/elapsed-time.ts';
import { FakeClock } from '../fakes/clock.ts';
import { secretsInMemory } from './secrets-in-memory.ts';

/** Lets a test hold work at a step: `reached` resolves when the step is, `open` lets it continue. */
export class Gate {
  #reach = (): void => undefined;
  #open = (): void => undefined;
  readonly reached = new Promise<void>((resolve) => (this.#reach = resolve));
  readonly #opened = new Promise<void>((resolve) => (this.#open = resolve));

  async pass(): Promise<void> {
    this.#reach();
    await this.#opened;
  }

  open(): void {
    this.#open();
  }
}

/** A workspace without a file. `onSave` runs before a save counts, one at a time: it may wait, or throw. */
export class WorkspaceInMemory {
  readonly #sessions = new Map<string, Session>();
  /** All of them, until the next save: the scheduler asks every 15 s. */
  #all: readonly Session[] | undefined;
  readonly #saves = new Mutex();
  onSave: (request: SaveRequest) => Promise<void> = () => Promise.resolve();
  readonly store = {
    sessions: () => (this.#all ??= [...this.#sessions.values()]),
    session: (sessionId: string) => this.#sessions.get(sessionId),
    save: (request: SaveRequest) =>
      this.#saves.run(async () => {
        await this.onSave(request);
        this.#all = undefined;
        for (const session of request.put ?? []) this.#sessions.set(session.sessionId, session);
        for (const sessionId of request.remove ?? []) this.#sessions.delete(sessionId);
      }),
    refresh: () => Promise.resolve(false),
    broken: () => [],
    integrations: () => [],
    identityProviders: () => [],
    notices: () => [],
    settings: () => ({
      defaultDelivery: 'credentials-file',
      profileNameTemplate: '{session}',
      renewAfterExpiryHours: 12,
      maxExtendedSeconds: 604_800,
      limitWarningMinutes: 5,
    }),
  } as unknown as WorkspaceStore;
}

/** Sessions and their runs without a cloud, a file or a wait; tests hold them where they like. */
export function runsInMemory<C extends MachineClock = FakeClock>(
  given: {
    readonly clock?: C;
    readonly elapsed?: ElapsedTime;
    readonly provider?: CredentialProvider<Session>;
  } = {},
) {
  const clock = given.clock ?? (new FakeClock() as unknown as C);
  const elapsed = given.elapsed ?? new ElapsedTime(clock);
  const events = new EventLog();
  const workspace = new WorkspaceInMemory();
  const repository = new SessionRepository({ workspace: workspace.store, events });
  const prompts = new PromptService({ clock: elapsed, events });
  const secrets = secretsInMemory();
  const credentials = new RunCredentials(secrets);
  const entries: Parameters<History['append']>[0][] = [];
  const history: Pick<History, 'append'> = {
    append: (entry) => {
      entries.push(entry);
      return true;
    },
  };
  const logged: { readonly level: string; readonly event: string }[] = [];
  const note = (level: string) => (event: string) => {
    logged.push({ level, event });
  };
  let isEnding = false;
  const delivered = new Set<string>();
  const delivery: Delivery<{ sessionId: string }, never> = {
    prepare: () => Promise.resolve(),
    inspect: () => Promise.resolve([]),
    write: ({ sessionId }) => {
      delivered.add(sessionId);
      return Promise.resolve([]);
    },
    check: () => Promise.resolve('intact'),
    remove: ({ sessionId }) => {
      delivered.delete(sessionId);
      return Promise.resolve([]);
    },
    sweep: (isActive) => {
      for (const sessionId of delivered) if (!isActive(sessionId)) delivered.delete(sessionId);
      return Promise.resolve([]);
    },
    held: () => Promise.resolve([]),
  };
  const provider = given.provider ?? hourlyCredentials(elapsed);
  const router = new DeliveryRouter({
    awsCredentials: delivery,
    azureCli: delivery,
    settings: () => workspace.store.settings(),
    cloudOf: () => {
      throw new Error('no Azure here');
    },
  });
  const parts = {
    repository,
    providers: {
      awsIamUser: provider,
      awsIamRoleFederated: provider,
      awsIamRoleChained: provider,
      awsSsoRole: provider,
      azure: provider,
    } as never,
    delivery: router,
    credentials,
    prompts,
    history: history as History,
    settings: () => workspace.store.settings(),
    clock,
    elapsed,
    log: { info: note('info'), warn: note('warn'), error: note('error') } as never,
    requireVault: () => undefined,
    admit: () => {
      if (isEnding)
        throw new Problem('owner-ending', {
          next: 'Try again.',
          detail: 'Stint is shutting down.',
        });
    },
  };
  const runner = new SessionRunner(parts);
  return {
    ...parts,
    clock,
    events,
    workspace,
    secrets,
    files: delivery,
    provider,
    entries,
    logged,
    delivered,
    runner,
    /** From now on the process is ending, as its life cycle has it: see `Lifecycle.end`. */
    drain() {
      isEnding = true;
      runner.cancelAll('Stint is shutting down.');
      prompts.closeAll('Stint is shutting down.');
    },
    /** Puts a session into the workspace. */
    put: async (
      fields: Partial<SessionFields> & { readonly sessionName: string },
      sessionId?: string,
    ): Promise<Session> => {
      const session = newSession(
        { type: 'awsIamUser', region: 'eu-west-1', ...fields } as SessionFields,
        { sessions: repository.all(), now: clock.now(), sessionId },
      );
      await workspace.store.save({ put: [session], keepBackup: false });
      return session;
    },
  };
}

/** Issues credentials for an hour, and needs nobody. */
function hourlyCredentials(elapsed: ElapsedTime): CredentialProvider<Session> {
  return {
    obtain: () =>
      Promise.resolve({
        credentials: {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'secret',
          sessionToken: 'token',
          expiration: new Date(elapsed.now() + 3_600_000).toISOString(),
        },
        grantedSeconds: 3600,
      }),
    unattended: () => true,
    forget: () => Promise.resolve(),
  };
}
