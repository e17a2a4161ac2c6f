import type {
  Integration,
  IntegrationFields,
  IntegrationSecrets,
  IntegrationView,
} from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import {
  endSessions,
  renewSessions,
  withSource,
  type IntegrationContext,
} from './integration-context.ts';
import { IntegrationDefinitions } from './integration-definitions.ts';
import { IntegrationWork, type IntegrationOutcome } from './integration-outcome.ts';
import { IntegrationSync, type SyncOutcome } from './integration-sync.ts';
import type { LoginMethod } from './source.ts';

/** All operations on integrations; nothing reaches them another way. */
export class IntegrationService {
  readonly #context: IntegrationContext;
  readonly #work: IntegrationWork;
  readonly #definitions: IntegrationDefinitions;
  readonly #sync: IntegrationSync;

  constructor(context: IntegrationContext) {
    // Changes of an integration and of the sessions that a sync brings, one after the other.
    const changes = new KeyedMutex();
    this.#context = context;
    this.#work = new IntegrationWork(context);
    this.#definitions = new IntegrationDefinitions(context, changes);
    this.#sync = new IntegrationSync(context, changes, this.#work);
  }

  list(): readonly IntegrationView[] {
    return this.#context.repository.all().map(({ integrationId }) => this.get(integrationId));
  }

  /** Throws Problem 'not-found'. */
  get(integrationId: string): IntegrationView {
    return this.#context.repository.view(integrationId);
  }

  /** Throws like `IntegrationDefinitions.create`. */
  async create(
    fields: IntegrationFields,
    by: string,
    secrets?: IntegrationSecrets,
  ): Promise<IntegrationView> {
    return this.get(await this.#definitions.create(fields, by, secrets));
  }

  /** Throws like `IntegrationDefinitions.update`. */
  async update(
    integrationId: string,
    edit: (fields: IntegrationFields) => IntegrationFields,
    by: string,
    secrets?: IntegrationSecrets,
  ): Promise<IntegrationView> {
    await this.#definitions.update(integrationId, edit, by, secrets);
    return this.get(integrationId);
  }

  /**
   * A sync that is writing is awaited, any other one is cancelled. Throws like
   * `IntegrationDefinitions.remove`.
   */
  async remove(
    integrationId: string,
    options: { readonly sessions: 'keep' | 'remove'; readonly by: string },
  ): Promise<void> {
    const { name } = this.get(integrationId);
    this.#context.requireVault();
    const reason = new Problem('session-ended', {
      detail: `Integration ${name} was removed.`,
      next: 'Add it again: stint integration add',
    });
    this.#sync.cancel(integrationId, reason);
    await this.#definitions.remove(integrationId, options);
  }

  /**
   * `claims`: a claims request of Azure, as JSON. Where there is one, sessions that are active get
   * tokens of the new sign-in. Throws Problem 'owner-ending', 'invalid-request' (no person of a tenant
   * signs in to answer the claims), and those of `IntegrationSource.login`.
   */
  async login(
    integrationId: string,
    method: LoginMethod | undefined,
    claims?: string,
  ): Promise<IntegrationOutcome> {
    const { repository, requireVault, signal } = this.#context;
    const integration = repository.get(integrationId);
    signal.throwIfAborted();
    requireVault();
    if (claims !== undefined) refuseClaims(integration);
    const work = withSource(this.#context, integration, async (source, own) => {
      await source.login(own, { method, signal, claims });
      if (claims !== undefined) await renewSessions(this.#context, integrationId);
    });
    return await this.#work.outcome(integrationId, work);
  }

  /** Ends the sign-in and every session that came by it. */
  async logout(integrationId: string, by: string): Promise<IntegrationView> {
    const { repository, requireVault, history } = this.#context;
    const integration = repository.get(integrationId);
    requireVault();
    const message = `Integration ${integration.name} was logged out.`;
    await endSessions(this.#context, integrationId, { reason: 'integration-logout', message, by });
    await withSource(this.#context, integration, (source, own) => source.logout(own));
    history.append({ kind: 'logout', message: integration.name, by });
    return this.get(integrationId);
  }

  /** Throws like `IntegrationSync.sync`. */
  async sync(integrationId: string, by: string): Promise<SyncOutcome> {
    return await this.#sync.sync(integrationId, by);
  }

  /** Resolves once no sign-in and no sync is under way. */
  async idle(): Promise<void> {
    await this.#work.idle();
  }
}

/** Throws Problem 'invalid-request' where nobody signs in who could answer. */
function refuseClaims(integration: Integration): void {
  if (integration.kind === 'azure' && integration.credential === undefined) return;
  const who = integration.kind === 'azure' ? 'as an application' : 'at AWS';
  throw new Problem('invalid-request', {
    detail: `Integration ${integration.name} signs in ${who}, so no claims challenge of Azure is answered there.`,
    next: 'Name an Azure integration that a person signs in to: stint integration list',
    errors: [{ field: 'claimsChallenge', message: 'works only where a person signs in to Azure' }],
  });
}
