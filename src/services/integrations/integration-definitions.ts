import { v4 as uuid } from 'uuid';
import type { ChangedField } from '../../models/history.ts';
import type {
  Integration,
  IntegrationFields,
  IntegrationSecrets,
} from '../../models/integration.ts';
import type { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { changedFields, snapshotOf } from '../history/changed-fields.ts';
import { endSessions, withSource, type IntegrationContext } from './integration-context.ts';
import {
  checked,
  keptCredential,
  credentialOf,
  integrationFieldsOf,
  signInTarget,
} from './integration-fields.ts';

/** Adds, changes and removes integrations. */
export class IntegrationDefinitions {
  readonly #context: IntegrationContext;
  readonly #changes: KeyedMutex;

  /** `changes` are those of the integrations, by id, one after the other. */
  constructor(context: IntegrationContext, changes: KeyedMutex) {
    this.#context = context;
    this.#changes = changes;
  }

  /** Returns the id of the new one. Throws Problem 'invalid-request', 'vault-locked', 'file-unwritable'. */
  async create(
    fields: IntegrationFields,
    by: string,
    secrets: IntegrationSecrets | undefined,
  ): Promise<string> {
    const integrationId = uuid();
    const integration: Integration = {
      ...checked(fields, { settings: this.#context.settings() }),
      ...credentialOf(fields, secrets),
      integrationId,
      status: 'logged-out',
    };
    await this.#withSecrets(integrationId, secrets, () =>
      this.#context.repository.add(integration),
    );
    this.#note('integration-created', integration, by);
    return integrationId;
  }

  /**
   * Another start URL, tenant, application or scope drops what is kept of the sign-in. `edit` gets the
   * fields when its turn comes. Throws Problem 'not-found', 'invalid-request', 'vault-locked',
   * 'file-unwritable'.
   */
  async update(
    integrationId: string,
    edit: (fields: IntegrationFields) => IntegrationFields,
    by: string,
    secrets: IntegrationSecrets | undefined,
  ): Promise<void> {
    await this.#changes.run(integrationId, () => this.#update(integrationId, edit, by, secrets));
  }

  async #update(
    integrationId: string,
    edit: (fields: IntegrationFields) => IntegrationFields,
    by: string,
    secrets: IntegrationSecrets | undefined,
  ): Promise<void> {
    const { repository, requireVault, settings } = this.#context;
    const before = repository.get(integrationId);
    const fields = checked(edit(integrationFieldsOf(before)), { before, settings: settings() });
    const credential =
      secrets === undefined ? keptCredential(before, fields) : credentialOf(fields, secrets);
    const moved = signInTarget(fields) !== signInTarget(before) || secrets !== undefined;
    if (moved) {
      requireVault();
      await withSource(this.#context, before, (source) => source.dropSignIn(integrationId));
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
    const changes = [
      ...changedFields(integrationFieldsOf(before), integrationFieldsOf(after)),
      ...(secrets === undefined ? [] : [{ field: 'secrets' }]),
    ];
    this.#note('integration-updated', after, by, changes);
  }

  /**
   * What depends on it ends; with `sessions` 'remove' its sessions go with it. The history stays.
   * Throws Problem 'not-found', 'vault-locked', 'file-unwritable'.
   */
  async remove(
    integrationId: string,
    options: { readonly sessions: 'keep' | 'remove'; readonly by: string },
  ): Promise<void> {
    await this.#changes.run(integrationId, () =>
      this.#context.repository.whileRemoving(integrationId, () =>
        this.#remove(integrationId, options),
      ),
    );
  }

  async #remove(
    integrationId: string,
    { sessions, by }: { readonly sessions: 'keep' | 'remove'; readonly by: string },
  ): Promise<void> {
    const { repository, sessions: sessionRepository, history } = this.#context;
    const integration = repository.get(integrationId);
    const message = `Integration ${integration.name}, which it depends on, was removed.`;
    const all = sessions === 'keep' ? [] : sessionRepository.all();
    const own = all.filter((one) => belongsTo(one, integrationId));
    const ids = own.map(({ sessionId }) => sessionId);
    await sessionRepository.whileRemoving(ids, async () => {
      await endSessions(this.#context, integrationId, {
        reason: 'dependency-removed',
        message,
        by,
      });
      await withSource(this.#context, integration, (source) => source.forget(integrationId));
      await repository.remove(integrationId);
      this.#note('integration-removed', integration, by);
      await sessionRepository.removeAll(ids);
    });
    for (const session of own) {
      const { sessionId, sessionName } = session;
      const snapshot = snapshotOf(session);
      history.append({ kind: 'session-removed', sessionId, sessionName, snapshot, by });
    }
  }

  /** Keeps `secrets` while `save` succeeds; a failure restores what the vault had before. */
  async #withSecrets<T>(
    integrationId: string,
    secrets: IntegrationSecrets | undefined,
    save: () => Promise<T>,
  ): Promise<T> {
    if (secrets === undefined) return await save();
    const { sources, log } = this.#context;
    const restore = await sources.azure.setSecrets(integrationId, secrets);
    try {
      return await save();
    } catch (error) {
      await restore().catch((failure: unknown) => {
        log.error('integration.secret-not-restored', { integrationId, error: failure });
      });
      throw error;
    }
  }

  #note(
    kind: 'integration-created' | 'integration-updated' | 'integration-removed',
    { name }: Integration,
    by: string,
    changes?: readonly ChangedField[],
  ): void {
    const { history } = this.#context;
    history.append({ kind, message: name, by, ...(changes === undefined ? {} : { changes }) });
  }
}

function belongsTo(session: object, integrationId: string): boolean {
  return 'integrationId' in session && session.integrationId === integrationId;
}
