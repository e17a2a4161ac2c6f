import { v4 as uuid } from 'uuid';
import type {
  AwsSsoIntegration,
  Integration,
  IntegrationFields,
  IntegrationSecrets,
  IntegrationView,
  SyncResult,
} from '../../models/integration.ts';
import type { EndReason } from '../../models/lifecycle.ts';
import { Problem } from '../../models/problem.ts';
import type { Prompt } from '../../models/prompt.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { openPrompts, finishedOrAsked } from '../sessions/start-outcome.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import { dependentsOfIntegration } from '../sessions/session-rules.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';
import type { AzureSource } from './azure/azure-source.ts';
import type { IntegrationRepository } from './integration-repository.ts';
import {
  checked,
  keptCredential,
  credentialOf,
  integrationFieldsOf,
  signInTarget,
} from './integration-fields.ts';
import type { IntegrationSource, LoginMethod } from './source.ts';
import { syncSessions } from './sync.ts';

/** The result, or the questions that the work waits for. */
export interface IntegrationOutcome {
  readonly integration: IntegrationView;
  /** If not empty, somebody has to sign in; the work then continues. */
  readonly prompts: readonly Prompt[];
}

export interface SyncOutcome extends IntegrationOutcome {
  /** Missing while somebody has to sign in. */
  readonly result?: SyncResult;
}

interface Parts {
  readonly repository: IntegrationRepository;
  readonly sessions: SessionRepository;
  readonly runner: SessionRunner;
  readonly sources: {
    readonly awsSso: IntegrationSource<AwsSsoIntegration>;
    readonly azure: AzureSource;
  };
  readonly prompts: PromptService;
  readonly settings: () => Settings;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Aborted, with a Problem, when the owner ends. */
  readonly signal: AbortSignal;
}

/** All operations on integrations; nothing reaches them another way. */
export class IntegrationService {
  readonly #parts: Parts;
  readonly #syncs = new SingleFlight<SyncResult>();
  /** Changes of an integration and of the sessions that a sync brings, one after the other. */
  readonly #changes = new KeyedMutex();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  list(): readonly IntegrationView[] {
    return this.#parts.repository.all().map(({ integrationId }) => this.get(integrationId));
  }

  /** Throws Problem 'not-found'. */
  get(integrationId: string): IntegrationView {
    return this.#parts.repository.view(integrationId);
  }

  /** Throws Problem 'invalid-request', 'vault-locked', 'file-unwritable'. */
  async create(
    fields: IntegrationFields,
    by: string,
    secrets?: IntegrationSecrets,
  ): Promise<IntegrationView> {
    const integrationId = uuid();
    const integration: Integration = {
      ...checked(fields, { settings: this.#parts.settings() }),
      ...credentialOf(fields, secrets),
      integrationId,
      status: 'logged-out',
    };
    await this.#withSecrets(integrationId, secrets, () => this.#parts.repository.add(integration));
    this.#note('integration-created', integration, by);
    return this.get(integration.integrationId);
  }

  /**
   * Another start URL, tenant, application or scope drops what is kept of the sign-in. `edit` gets the
   * fields when its turn comes. Throws Problem
   * 'not-found', 'invalid-request', 'vault-locked', 'file-unwritable'.
   */
  async update(
    integrationId: string,
    edit: (fields: IntegrationFields) => IntegrationFields,
    by: string,
    secrets?: IntegrationSecrets,
  ): Promise<IntegrationView> {
    return await this.#changes.run(integrationId, () =>
      this.#update(integrationId, edit, by, secrets),
    );
  }

  async #update(
    integrationId: string,
    edit: (fields: IntegrationFields) => IntegrationFields,
    by: string,
    secrets: IntegrationSecrets | undefined,
  ): Promise<IntegrationView> {
    const { repository, requireVault } = this.#parts;
    const before = repository.get(integrationId);
    const fields = checked(edit(integrationFieldsOf(before)), {
      before,
      settings: this.#parts.settings(),
    });
    const credential =
      secrets === undefined ? keptCredential(before) : credentialOf(fields, secrets);
    const moved = signInTarget(fields) !== signInTarget(before) || secrets !== undefined;
    if (moved) {
      requireVault();
      await this.#do(before, (source) => source.dropSignIn(integrationId));
    }
    const after = await this.#withSecrets(integrationId, secrets, () =>
      repository.change(
        integrationId,
        ({ status, lastSync, lastSyncResult, loggedInUntil }) => ({
          ...fields,
          ...credential,
          integrationId,
          status: moved ? 'logged-out' : status,
          ...(lastSync === undefined ? {} : { lastSync }),
          ...(lastSyncResult === undefined ? {} : { lastSyncResult }),
          ...(moved || loggedInUntil === undefined ? {} : { loggedInUntil }),
        }),
        { keepBackup: true },
      ),
    );
    this.#note('integration-updated', after, by);
    return this.get(integrationId);
  }

  /**
   * What depends on it ends; with `sessions` 'remove' its sessions go with it. A sync that is writing
   * is awaited, any other one is cancelled. The history stays. Throws Problem 'not-found',
   * 'vault-locked', 'file-unwritable'.
   */
  async remove(
    integrationId: string,
    options: { readonly sessions: 'keep' | 'remove'; readonly by: string },
  ): Promise<void> {
    const { repository, requireVault } = this.#parts;
    const { name } = repository.get(integrationId);
    requireVault();
    const reason = new Problem('session-ended', { detail: `Integration ${name} was removed.` });
    this.#syncs.cancel(integrationId, reason);
    await this.#changes.run(integrationId, () =>
      repository.whileRemoving(integrationId, () => this.#remove(integrationId, options)),
    );
  }

  async #remove(
    integrationId: string,
    { sessions, by }: { readonly sessions: 'keep' | 'remove'; readonly by: string },
  ): Promise<void> {
    const { repository, sessions: sessionRepository } = this.#parts;
    const integration = repository.get(integrationId);
    const message = `Integration ${integration.name}, which it depends on, was removed.`;
    await this.#endSessions(integrationId, 'dependency-removed', message, by);
    await this.#do(integration, (source) => source.forget(integrationId));
    await repository.remove(integrationId);
    this.#note('integration-removed', integration, by);
    if (sessions === 'keep') return;
    const own = sessionRepository.all().filter((one) => belongsTo(one, integrationId));
    await sessionRepository.removeAll(own.map(({ sessionId }) => sessionId));
    for (const { sessionId, sessionName } of own) {
      this.#parts.history.append({ kind: 'session-removed', sessionId, sessionName, by });
    }
  }

  /** Throws Problem 'owner-ending' and those of `IntegrationSource.login`. */
  async login(integrationId: string, method: LoginMethod | undefined): Promise<IntegrationOutcome> {
    const { repository, requireVault, signal } = this.#parts;
    const integration = repository.get(integrationId);
    signal.throwIfAborted();
    requireVault();
    const work = this.#do(integration, (source, own) => source.login(own, { method, signal }));
    return await this.#outcome(integrationId, work);
  }

  /** Ends the sign-in and every session that came by it. */
  async logout(integrationId: string, by: string): Promise<IntegrationView> {
    const integration = this.#parts.repository.get(integrationId);
    this.#parts.requireVault();
    const message = `Integration ${integration.name} was logged out.`;
    await this.#endSessions(integrationId, 'integration-logout', message, by);
    await this.#do(integration, (source, own) => source.logout(own));
    this.#parts.history.append({ kind: 'logout', message: integration.name, by });
    return this.get(integrationId);
  }

  /** Updates its sessions to what it offers now, signing in first if needed. */
  async sync(integrationId: string, by: string): Promise<SyncOutcome> {
    const integration = this.#parts.repository.get(integrationId);
    this.#parts.requireVault();
    let result: SyncResult | undefined;
    const work = this.#syncs
      .run(integrationId, this.#parts.signal, (signal) =>
        this.#do(integration, (source, own) =>
          syncSessions(this.#parts, own, {
            by,
            signal,
            write: (write) => this.#changes.run(integrationId, write),
            list: async (onProgress) => [
              source.sessions,
              await source.list(own, signal, onProgress),
            ],
          }),
        ),
      )
      .then((done) => (result = done));
    const outcome = await this.#outcome(integrationId, work);
    return { ...outcome, ...(result === undefined ? {} : { result }) };
  }

  /** Resolves once no sign-in and no sync is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** Keeps `secrets` while `save` succeeds; a failure restores what the vault had before. */
  async #withSecrets<T>(
    integrationId: string,
    secrets: IntegrationSecrets | undefined,
    save: () => Promise<T>,
  ): Promise<T> {
    if (secrets === undefined) return await save();
    const restore = await this.#parts.sources.azure.setSecrets(integrationId, secrets);
    try {
      return await save();
    } catch (error) {
      await restore().catch((failure: unknown) => {
        this.#parts.log.error('integration.secret-not-restored', { integrationId, error: failure });
      });
      throw error;
    }
  }

  async #endSessions(
    integrationId: string,
    reason: EndReason,
    message: string,
    by: string,
  ): Promise<void> {
    const { sessions, runner } = this.#parts;
    const concerned = dependentsOfIntegration(integrationId, sessions.all());
    for (const { sessionId, status } of concerned) {
      if (status !== 'inactive') await runner.end(sessionId, { reason, message, by });
    }
  }

  async #outcome(integrationId: string, work: Promise<unknown>): Promise<IntegrationOutcome> {
    const { prompts, log } = this.#parts;
    work.catch((error: unknown) => {
      log.warn('integration.operation-failed', { integrationId, error });
    });
    this.#underWay.add(work);
    void work.catch(() => undefined).finally(() => this.#underWay.delete(work));
    const waitsFor = new Set([integrationId]);
    await finishedOrAsked(work, prompts, waitsFor);
    return { integration: this.get(integrationId), prompts: openPrompts(prompts, waitsFor) };
  }

  /** Calls `work` with the source of the integration's kind. */
  #do<T>(
    integration: Integration,
    work: <I extends Integration>(source: IntegrationSource<I>, integration: I) => T,
  ): T {
    const { awsSso, azure } = this.#parts.sources;
    return integration.kind === 'awsSso' ? work(awsSso, integration) : work(azure, integration);
  }

  #note(
    kind: 'integration-created' | 'integration-updated' | 'integration-removed',
    { name }: Integration,
    by: string,
  ): void {
    this.#parts.history.append({ kind, message: name, by });
  }
}

function belongsTo(session: object, integrationId: string): boolean {
  return 'integrationId' in session && session.integrationId === integrationId;
}
