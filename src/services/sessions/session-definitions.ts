import { isDeepStrictEqual } from 'node:util';
import type { ChangedField } from '../../models/history.ts';
import { profileText } from '../../models/profile-template.ts';
import type { SessionFields, SessionSecrets } from '../../models/session-fields.ts';
import { fieldsOf, type Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { KeyRotations } from '../access-keys/key-rotation.ts';
import { changedFields, snapshotOf } from '../history/changed-fields.ts';
import type { AwsIamUserProvider } from '../providers/aws-iam-user.ts';
import { providerFor } from '../providers/providers.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import type { ParentCredentials } from './parent-credentials.ts';
import { restoredValidity } from './restored-validity.ts';
import type { RunContext } from './run-context.ts';
import { isArchived, refuseStale } from './session-problems.ts';
import { newSession, publicView, withFields, withOtherKeys } from './session-record.ts';
import { checkFields, dependents } from './session-rules.ts';
import type { SessionRunner } from './session-runner.ts';
import { signInOf } from './sign-in-ends.ts';

export interface DefinitionParts extends RunContext {
  readonly runner: SessionRunner;
  readonly awsIamUser: AwsIamUserProvider;
  readonly keyRotations: KeyRotations;
  readonly parents: Pick<ParentCredentials, 'forget'>;
  readonly workspace: WorkspaceStore;
  /** The delivery that a session asks for, or the default. */
  readonly usualDelivery: (session: Session | SessionFields) => string;
}

/** What sessions are: adding, changing and removing them, with their keys. */
export class SessionDefinitions {
  readonly #parts: DefinitionParts;

  constructor(parts: DefinitionParts) {
    this.#parts = parts;
  }

  /** Throws Problem 'invalid-request', 'already-exists', 'vault-locked', 'file-unwritable'. */
  async create(request: {
    readonly fields: SessionFields;
    readonly secrets?: SessionSecrets;
    readonly expiresInSeconds?: number;
    readonly sessionId?: string;
    readonly by: string;
  }): Promise<Session> {
    const { repository, awsIamUser, clock, requireVault } = this.#parts;
    requireVault();
    const { secrets, sessionId, expiresInSeconds, by } = request;
    const now = clock.now();
    let created: Session | undefined;
    try {
      const { add } = await repository.add(async (sessions) => {
        if (sessionId !== undefined) repository.refuseExisting(sessionId);
        const fields = this.#check(
          expiresInSeconds === undefined
            ? request.fields
            : { ...request.fields, validUntil: toInstant(now + expiresInSeconds * 1000) },
          { secrets },
        );
        created = newSession(fields, {
          ...{ sessions, now, sessionId },
          profileName: this.#profileText(fields),
        });
        if (secrets !== undefined) await awsIamUser.setKeys(created.sessionId, secrets);
        return { add: [created] as const };
      });
      this.#note('session-created', add[0], by);
      return publicView(add[0]);
    } catch (error) {
      if (secrets !== undefined && created !== undefined) await awsIamUser.dropSecrets(created);
      throw error;
    }
  }

  /**
   * Changes fields, keys or both; a change of nothing makes no revision. A run under way keeps the
   * fields it began with. Throws Problem
   * 'not-found', 'revision-stale', 'invalid-request', 'vault-locked', 'file-unwritable'.
   */
  async update(
    sessionId: string,
    request: {
      readonly edit: (fields: SessionFields) => SessionFields;
      readonly secrets?: SessionSecrets;
      readonly expectedRevision?: number;
      readonly by: string;
    },
  ): Promise<Session> {
    const { repository, requireVault } = this.#parts;
    const { secrets } = request;
    requireVault();
    let before: Session | undefined;
    let isChanged = secrets !== undefined;
    const saved = await repository.changeDefinition(sessionId, (session) => {
      before = session;
      refuseStale(session, request.expectedRevision);
      const fields = this.#check(request.edit(fieldsOf(session)), {
        sessionId,
        type: session.type,
        secrets,
      });
      const next = withFields(session, fields, repository.all());
      if (secrets === undefined && isDeepStrictEqual(fieldsOf(next), fieldsOf(session))) {
        return session;
      }
      isChanged = true;
      return secrets === undefined ? next : withOtherKeys(next);
    });
    if (!isChanged) return publicView(saved);
    await this.#changeSecrets(before ?? saved, saved, secrets);
    // What other sessions got with the keys before ends with them.
    if (secrets !== undefined) await this.#parts.parents.forget(signInOf(saved));
    const changes = [
      ...changedFields(fieldsOf(before ?? saved), fieldsOf(saved)),
      ...(secrets === undefined ? [] : [{ field: 'secrets' }]),
    ];
    this.#note('session-updated', saved, request.by, { changes });
    return publicView(saved);
  }

  /**
   * Brings an archived session back, valid until `validUntil` or for ever; one that is not archived is
   * unchanged. Throws like `update`.
   */
  async restore(
    sessionId: string,
    { validUntil, by }: { readonly validUntil?: string | undefined; readonly by: string },
  ): Promise<Session> {
    const now = this.#parts.clock.now();
    const session = this.#parts.repository.get(sessionId);
    if (!isArchived(session, now)) return publicView(session);
    const edit = (fields: SessionFields) => restoredValidity(fields, validUntil, now);
    return await this.update(sessionId, { edit, by });
  }

  /**
   * Ends the session and every run that depends on it; the history stays. Throws Problem
   * 'not-found', 'revision-stale', 'vault-locked', 'file-unwritable'.
   */
  async remove(
    sessionId: string,
    request: {
      readonly expectedRevision?: number;
      /** For the history, where nobody asked for it. */
      readonly message?: string;
      readonly by: string;
    },
  ): Promise<void> {
    const { repository, runner, providers, keyRotations, requireVault } = this.#parts;
    const { expectedRevision, message: why, by } = request;
    requireVault();
    const { sessionName } = refuseStale(repository.get(sessionId), expectedRevision);
    const reason = 'dependency-removed';
    const lost = `Session ${sessionName}, which it depends on, was removed.`;
    await repository.whileRemoving([sessionId], async () => {
      for (const dependent of dependents(sessionId, repository.all())) {
        await runner.end(dependent.sessionId, { reason, message: lost, by });
      }
      const message = `${by} removed the session.`;
      await runner.end(sessionId, { reason: 'removed', message, by }, async () => {
        const session = repository.get(sessionId);
        this.#note('session-removed', session, by, why === undefined ? {} : { message: why });
        await keyRotations.cancel(sessionId, message);
        await repository.remove(sessionId);
        await providerFor(providers, session).dropSecrets?.(session);
      });
    });
    // Those that began to start before the parent was gone.
    for (const { sessionId: id, status } of dependents(sessionId, repository.all())) {
      if (status !== 'inactive') await runner.end(id, { reason, message: lost, by });
    }
  }

  #check(
    fields: SessionFields,
    context: {
      readonly sessionId?: string;
      readonly type?: Session['type'];
      readonly secrets?: SessionSecrets | undefined;
    },
  ): SessionFields {
    const { repository, usualDelivery, workspace } = this.#parts;
    return checkFields(fields, {
      ...context,
      sessions: repository.all(),
      isLeaving: (id) => repository.isLeaving(id),
      settings: workspace.settings(),
      usualDelivery,
    });
  }

  #profileText(fields: SessionFields): string {
    const { workspace } = this.#parts;
    const id = 'integrationId' in fields ? fields.integrationId : undefined;
    const integration = workspace.integrations().find((one) => one.integrationId === id);
    return profileText(workspace.settings().profileNameTemplate, fields, integration?.name);
  }

  /** Changed keys or another MFA device make the kept token void. */
  async #changeSecrets(before: Session, after: Session, secrets: SessionSecrets | undefined) {
    const { awsIamUser, keyRotations } = this.#parts;
    if (before.type !== 'awsIamUser' || after.type !== 'awsIamUser') return;
    if (secrets !== undefined) {
      await keyRotations.cancel(after.sessionId, 'Somebody entered other access keys.');
      await awsIamUser.setKeys(after.sessionId, secrets);
    } else if (before.mfaSerial !== after.mfaSerial) await awsIamUser.forget(after.sessionId);
  }

  #note(
    kind: 'session-created' | 'session-updated' | 'session-removed',
    session: Session,
    by: string,
    more: { readonly changes?: readonly ChangedField[]; readonly message?: string } = {},
  ): void {
    const { sessionId, sessionName } = session;
    const isWhole = kind === 'session-created' || kind === 'session-removed';
    const snapshot = isWhole ? { snapshot: snapshotOf(session) } : {};
    this.#parts.history.append({ kind, sessionId, sessionName, by, ...snapshot, ...more });
  }
}
