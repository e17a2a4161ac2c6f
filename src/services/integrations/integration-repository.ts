import type {
  Integration,
  IntegrationView,
  SyncFailure,
  SyncProgress,
} from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import type { EventLog } from '../events/event-log.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';

/** The integrations of the workspace: every change is saved and published here. */
export class IntegrationRepository {
  readonly #workspace: WorkspaceStore;
  readonly #events: EventLog;
  readonly #changes = new KeyedMutex();
  /** Not kept in the workspace: it ends with the owner. */
  readonly #loggingIn = new Set<string>();
  readonly #syncs = new Map<string, SyncProgress>();
  readonly #syncFailures = new Map<string, SyncFailure>();
  readonly #removing = new Set<string>();

  constructor(options: { readonly workspace: WorkspaceStore; readonly events: EventLog }) {
    this.#workspace = options.workspace;
    this.#events = options.events;
  }

  all(): readonly Integration[] {
    return this.#workspace.integrations();
  }

  find(integrationId: string): Integration | undefined {
    return this.all().find((one) => one.integrationId === integrationId);
  }

  /** Throws Problem 'not-found'. */
  get(integrationId: string): Integration {
    const integration = this.find(integrationId);
    if (integration === undefined) throw notFound(integrationId);
    return integration;
  }

  /** Throws Problem 'not-found' for one that does not exist, or is being removed. */
  requireKept(integrationId: string): void {
    if (this.#removing.has(integrationId)) throw notFound(integrationId);
    this.get(integrationId);
  }

  /** While `work` removes the integration, nothing is kept for it any more. */
  async whileRemoving(integrationId: string, work: () => Promise<void>): Promise<void> {
    this.#removing.add(integrationId);
    try {
      await work();
    } finally {
      this.#removing.delete(integrationId);
    }
  }

  /** With what is under way. Throws Problem 'not-found'. */
  view(integrationId: string): IntegrationView {
    const integration = this.get(integrationId);
    const sync = this.#syncs.get(integrationId);
    const lastSyncFailure = this.#syncFailures.get(integrationId);
    return {
      ...integration,
      status: this.#loggingIn.has(integrationId) ? 'logging-in' : integration.status,
      ...(sync === undefined ? {} : { sync }),
      ...(lastSyncFailure === undefined ? {} : { lastSyncFailure }),
    };
  }

  /** Throws Problem 'file-unwritable'. */
  async add(integration: Integration): Promise<void> {
    await this.#workspace.save({ integrations: { put: [integration] }, keepBackup: true });
    this.#publish(integration.integrationId);
  }

  /** Throws Problem 'not-found', 'file-unwritable' and what `change` throws. */
  async change(
    integrationId: string,
    change: (integration: Integration) => Integration,
    { keepBackup = false }: { readonly keepBackup?: boolean } = {},
  ): Promise<Integration> {
    return await this.#changes.run(integrationId, async () => {
      const after = change(this.get(integrationId));
      await this.#workspace.save({ integrations: { put: [after] }, keepBackup });
      this.#publish(integrationId);
      return after;
    });
  }

  async remove(integrationId: string): Promise<void> {
    await this.#changes.run(integrationId, () =>
      this.#workspace.save({ integrations: { remove: [integrationId] }, keepBackup: true }),
    );
    this.#syncFailures.delete(integrationId);
    this.#events.publish({ type: 'integration-removed', integrationId });
  }

  /**
   * Saves that somebody is signed in, and until when if that ends by itself; undefined: nobody is. Throws Problem 'file-unwritable'.
   */
  async markSignIn(
    integrationId: string,
    signIn: { readonly until?: string | undefined } | undefined,
  ): Promise<void> {
    const current = this.find(integrationId);
    const status = signIn === undefined ? 'logged-out' : 'logged-in';
    const until = signIn?.until;
    if (current === undefined) return;
    if (current.status === status && current.loggedInUntil === until) return;
    await this.change(integrationId, ({ loggedInUntil, ...integration }) => ({
      ...integration,
      status,
      ...(until === undefined ? {} : { loggedInUntil: until }),
    }));
  }

  /** Shows the integration as logging in for as long as `work` takes. */
  async whileLoggingIn<T>(integrationId: string, work: () => Promise<T>): Promise<T> {
    this.#loggingIn.add(integrationId);
    this.#publish(integrationId);
    try {
      return await work();
    } finally {
      this.#loggingIn.delete(integrationId);
      this.#publish(integrationId);
    }
  }

  /** A new sync: the failure of the one before no longer matters. */
  beginSync(integrationId: string): void {
    if (this.#syncFailures.delete(integrationId)) this.#publish(integrationId);
  }

  /** How far the sync under way has come. */
  showSync(integrationId: string, progress: SyncProgress): void {
    this.#syncs.set(integrationId, progress);
    this.#publish(integrationId);
  }

  endSync(integrationId: string, failure?: SyncFailure): void {
    this.#syncs.delete(integrationId);
    if (failure !== undefined) this.#syncFailures.set(integrationId, failure);
    this.#publish(integrationId);
  }

  #publish(integrationId: string): void {
    if (this.find(integrationId) === undefined) return;
    this.#events.publish({ type: 'integration', integration: this.view(integrationId) });
  }
}

function notFound(integrationId: string): Problem {
  return new Problem('not-found', {
    detail: `There is no integration ${integrationId}.`,
    next: 'List the integrations with `stint integration list`.',
  });
}
