import { v4 as uuid } from 'uuid';
import {
  identityProviderFieldsSchema,
  type IdentityProvider,
  type IdentityProviderFields,
} from '../../models/identity-provider.ts';
import type { ChangedField } from '../../models/history.ts';
import { Problem } from '../../models/problem.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { changedFields } from '../history/changed-fields.ts';
import type { History } from '../history/history.ts';
import { check, refuse } from '../validation/check.ts';
import type { EventLog } from '../events/event-log.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import { dependentsOfIdentityProvider } from '../sessions/session-rules.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';

/** The SAML identity providers that federated sessions sign in at. */
export class IdentityProviderService {
  readonly #parts: {
    readonly workspace: WorkspaceStore;
    readonly events: EventLog;
    readonly history: Pick<History, 'append'>;
    readonly sessions: SessionRepository;
    readonly runner: SessionRunner;
    /** Drops what is kept of its sign-ins. */
    readonly forget: (idpId: string) => Promise<void>;
    /** Throws Problem 'vault-locked' unless the vault is open. */
    readonly requireVault: () => void;
  };
  /** Each change of one begins with what the one before has made. */
  readonly #changes = new KeyedMutex();

  constructor(parts: {
    readonly workspace: WorkspaceStore;
    readonly events: EventLog;
    readonly history: Pick<History, 'append'>;
    readonly sessions: SessionRepository;
    readonly runner: SessionRunner;
    readonly forget: (idpId: string) => Promise<void>;
    readonly requireVault: () => void;
  }) {
    this.#parts = parts;
  }

  list(): readonly IdentityProvider[] {
    return this.#parts.workspace.identityProviders();
  }

  find(idpId: string): IdentityProvider | undefined {
    return this.list().find((one) => one.idpId === idpId);
  }

  /** Throws Problem 'not-found'. */
  get(idpId: string): IdentityProvider {
    const idp = this.find(idpId);
    if (idp !== undefined) return idp;
    throw new Problem('not-found', {
      detail: `There is no identity provider ${idpId}.`,
      next: 'List them: stint idp list',
    });
  }

  /** Throws Problem 'invalid-request', 'file-unwritable'. */
  async create(fields: IdentityProviderFields, by: string): Promise<IdentityProvider> {
    const created = await this.#save({ idpId: uuid(), ...checked(fields) });
    this.#note('identity-provider-created', created, by);
    return created;
  }

  /**
   * `edit` is given the fields when its turn comes. Another URL drops what is kept of its sign-ins, in the vault.
   * Throws Problem 'not-found', 'invalid-request', 'vault-locked', 'vault-unreadable', 'file-unwritable', and what
   * `edit` throws.
   */
  async update(
    idpId: string,
    edit: (fields: IdentityProviderFields) => IdentityProviderFields,
    by: string,
  ): Promise<IdentityProvider> {
    return await this.#changes.run(idpId, async () => {
      const { idpId: id, ...fields } = this.get(idpId);
      const now = checked(edit(fields));
      const isElsewhere = fields.url !== now.url;
      if (isElsewhere) this.#parts.requireVault();
      const after = await this.#save({ idpId: id, ...now });
      const changes = changedFields(fields, now);
      if (changes.length > 0) this.#note('identity-provider-updated', after, by, changes);
      if (isElsewhere) await this.#parts.forget(idpId);
      return after;
    });
  }

  /** What depends on it ends. Throws Problem 'not-found', 'vault-locked', 'vault-unreadable', 'file-unwritable'. */
  async remove(idpId: string, by: string): Promise<void> {
    await this.#changes.run(idpId, () => this.#remove(idpId, by));
  }

  async #remove(idpId: string, by: string): Promise<void> {
    const { workspace, events, sessions, runner, forget, requireVault } = this.#parts;
    const idp = this.get(idpId);
    requireVault();
    const { name } = idp;
    const message = `Identity provider ${name}, which it depends on, was removed.`;
    for (const { sessionId, status } of dependentsOfIdentityProvider(idpId, sessions.all())) {
      if (status !== 'inactive')
        await runner.end(sessionId, { reason: 'dependency-removed', message, by });
    }
    await workspace.save({ identityProviders: { remove: [idpId] }, keepBackup: true });
    this.#note('identity-provider-removed', idp, by);
    events.publish({ type: 'idp-removed', idpId });
    await forget(idpId);
  }

  #note(
    kind: 'identity-provider-created' | 'identity-provider-updated' | 'identity-provider-removed',
    { name }: IdentityProvider,
    by: string,
    changes?: readonly ChangedField[],
  ): void {
    const { history } = this.#parts;
    history.append({ kind, message: name, by, ...(changes === undefined ? {} : { changes }) });
  }

  async #save(idp: IdentityProvider): Promise<IdentityProvider> {
    const { workspace, events } = this.#parts;
    await workspace.save({ identityProviders: { put: [idp] }, keepBackup: true });
    events.publish({ type: 'idp', idp });
    return idp;
  }
}

function checked(fields: IdentityProviderFields): IdentityProviderFields {
  const { data, errors } = check(identityProviderFieldsSchema, fields);
  return data ?? refuse('identity provider', errors);
}
