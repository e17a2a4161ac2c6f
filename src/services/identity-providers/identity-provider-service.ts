import { v4 as uuid } from 'uuid';
import {
  identityProviderFieldsSchema,
  type IdentityProvider,
  type IdentityProviderFields,
} from '../../models/identity-provider.ts';
import { Problem } from '../../models/problem.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
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
    readonly sessions: SessionRepository;
    readonly runner: SessionRunner;
    /** Drops what is kept of its sign-ins. */
    readonly forget: (idpId: string) => Promise<void>;
  };
  /** Each change of one begins with what the one before has made. */
  readonly #changes = new KeyedMutex();

  constructor(parts: {
    readonly workspace: WorkspaceStore;
    readonly events: EventLog;
    readonly sessions: SessionRepository;
    readonly runner: SessionRunner;
    readonly forget: (idpId: string) => Promise<void>;
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
  async create(fields: IdentityProviderFields): Promise<IdentityProvider> {
    return await this.#save({ idpId: uuid(), ...checked(fields) });
  }

  /**
   * `edit` is given the fields when its turn comes. Another URL drops what is kept of its sign-ins.
   * Throws Problem 'not-found', 'invalid-request', 'file-unwritable', and what `edit` throws.
   */
  async update(
    idpId: string,
    edit: (fields: IdentityProviderFields) => IdentityProviderFields,
  ): Promise<IdentityProvider> {
    return await this.#changes.run(idpId, async () => {
      const { idpId: id, ...fields } = this.get(idpId);
      const after = await this.#save({ idpId: id, ...checked(edit(fields)) });
      if (fields.url !== after.url) await this.#parts.forget(idpId);
      return after;
    });
  }

  /** What depends on it ends. Throws Problem 'not-found', 'file-unwritable'. */
  async remove(idpId: string, by: string): Promise<void> {
    await this.#changes.run(idpId, () => this.#remove(idpId, by));
  }

  async #remove(idpId: string, by: string): Promise<void> {
    const { workspace, events, sessions, runner, forget } = this.#parts;
    const { name } = this.get(idpId);
    const message = `Identity provider ${name}, which it depends on, was removed.`;
    for (const { sessionId, status } of dependentsOfIdentityProvider(idpId, sessions.all())) {
      if (status !== 'inactive')
        await runner.end(sessionId, { reason: 'dependency-removed', message, by });
    }
    await workspace.save({ identityProviders: { remove: [idpId] }, keepBackup: true });
    events.publish({ type: 'idp-removed', idpId });
    await forget(idpId);
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
