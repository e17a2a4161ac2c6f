import type { SyncResult } from '../../models/integration.ts';
import type { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { withSource, type IntegrationContext } from './integration-context.ts';
import type { IntegrationOutcome, IntegrationWork } from './integration-outcome.ts';
import { syncSessions } from './sync-sessions.ts';

export interface SyncOutcome extends IntegrationOutcome {
  /** Missing while somebody has to sign in. */
  readonly result?: SyncResult;
}

/** Keeps the sessions of integrations up to date: one sync at a time for each. */
export class IntegrationSync {
  readonly #context: IntegrationContext;
  readonly #changes: KeyedMutex;
  readonly #work: IntegrationWork;
  readonly #syncs = new SingleFlight<SyncResult>();

  /** `changes` are those of the integrations, by id: a sync writes its sessions as one of them. */
  constructor(context: IntegrationContext, changes: KeyedMutex, work: IntegrationWork) {
    this.#context = context;
    this.#changes = changes;
    this.#work = work;
  }

  /** Updates its sessions to what it offers now, signing in first if needed. Throws like `syncSessions`. */
  async sync(integrationId: string, by: string): Promise<SyncOutcome> {
    const { repository, requireVault, signal } = this.#context;
    repository.get(integrationId);
    requireVault();
    let result: SyncResult | undefined;
    const work = this.#syncs
      .run(integrationId, signal, (ended) => this.#sync(integrationId, by, ended))
      .then((done) => (result = done));
    const outcome = await this.#work.outcome(integrationId, work);
    return { ...outcome, ...(result === undefined ? {} : { result }) };
  }

  /** Cancels the sync under way, unless it is already writing its sessions. */
  cancel(integrationId: string, reason: Error): void {
    this.#syncs.cancel(integrationId, reason);
  }

  #sync(integrationId: string, by: string, signal: AbortSignal): Promise<SyncResult> {
    const integration = this.#context.repository.get(integrationId);
    return withSource(this.#context, integration, (source, own) =>
      syncSessions(this.#context, own, {
        by,
        signal,
        write: (write) => this.#changes.run(integrationId, write),
        list: async (onProgress) => [source.sessions, await source.list(own, signal, onProgress)],
      }),
    );
  }
}
