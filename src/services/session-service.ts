import { isDeepStrictEqual } from 'node:util';
import { isAwsCredentials, type AwsCredentials } from '../models/credentials.ts';
import type { ChangedField } from '../models/history.ts';
import type { Narrowing } from '../models/narrowing.ts';
import { profileText } from '../models/profile-template.ts';
import type { Prompt } from '../models/prompt.ts';
import type { SessionFields, SessionSecrets } from '../models/session-fields.ts';
import { awaitsRenewal, isUnderWay } from '../models/run-state.ts';
import { fieldsOf, type Session, type SessionAction } from '../models/session.ts';
import { toInstant } from '../models/time.ts';
import type { BrokenSession } from '../models/workspace.ts';
import type { KeyRotationOutcome, KeyRotations } from './access-keys/key-rotation.ts';
import { changedFields, snapshotOf } from './history/changed-fields.ts';
import type { AwsIamUserProvider } from './providers/aws-iam-user.ts';
import { providerFor } from './providers/providers.ts';
import type { NarrowedCredentials } from './sessions/narrowed-credentials.ts';
import type { ParentCredentials } from './sessions/parent-credentials.ts';
import type { ResourceTokens } from './sessions/resource-tokens.ts';
import type { ResourceToken } from './providers/azure.ts';
import { extendRun } from './sessions/extend.ts';
import { issuedCredentials, issuedToken } from './sessions/issued.ts';
import { possibleActions, type Circumstances } from './sessions/possible-actions.ts';
import { named, type RunContext } from './sessions/run-context.ts';
import { restoredValidity } from './sessions/restored-validity.ts';
import { newSession, publicView, withFields, withOtherKeys } from './sessions/session-record.ts';
import { failureText, isArchived, refuseStale } from './sessions/session-problems.ts';
import { checkFields, dependents, signInsOf } from './sessions/session-rules.ts';
import type { SessionRunner } from './sessions/session-runner.ts';
import {
  openPrompts,
  outcomeOf,
  type StartOptions,
  type StartOutcome,
  type StopOutcome,
} from './sessions/start-outcome.ts';
import { signInOf } from './sessions/sign-in-ends.ts';
import type { WorkspaceStore } from './workspace/workspace-store.ts';

export type { StartOptions, StartOutcome, StopOutcome } from './sessions/start-outcome.ts';

interface Parts extends RunContext {
  readonly runner: SessionRunner;
  readonly awsIamUser: AwsIamUserProvider;
  readonly azureSignIn: Circumstances['azureSignIn'];
  readonly keyRotations: KeyRotations;
  readonly tokens: ResourceTokens;
  readonly narrowed: Pick<NarrowedCredentials, 'get'>;
  readonly parents: Pick<ParentCredentials, 'forget'>;
  readonly workspace: WorkspaceStore;
  /** The delivery that a session asks for, or the default. */
  readonly usualDelivery: (session: Session | SessionFields) => string;
}

/** Everything that can be done with sessions; nothing reaches them another way. */
export class SessionService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** In the order of the workspace, archived ones included. */
  list(): readonly Session[] {
    return this.#parts.repository.all().map(publicView);
  }

  /** Entries of the workspace that could not be read; they stay in the file. */
  broken(): readonly BrokenSession[] {
    return this.#parts.workspace.broken();
  }

  /** Those whose current credentials have this access key id. Throws Problem 'vault-locked'. */
  async withAccessKey(accessKeyId: string): Promise<readonly Session[]> {
    const { credentials } = this.#parts;
    const active = this.list().filter(({ status }) => status === 'active');
    const issued = await Promise.all(active.map(({ sessionId }) => credentials.get(sessionId)));
    return active.filter((_session, index) => {
      const keys = issued[index]?.credentials;
      return keys !== undefined && isAwsCredentials(keys) && keys.accessKeyId === accessKeyId;
    });
  }

  /** Throws Problem 'not-found'. */
  get(sessionId: string): Session {
    return publicView(this.#parts.repository.get(sessionId));
  }

  /** What can be done with the session now, as far as the workspace says. */
  possibleActions(session: Session): ReadonlySet<SessionAction> {
    return possibleActions(session, this.#parts);
  }

  /** The open questions that a start of the session waits for. Throws Problem 'not-found'. */
  prompts(sessionId: string): readonly Prompt[] {
    const { repository, prompts } = this.#parts;
    return openPrompts(prompts, signInsOf(repository.get(sessionId), repository.all()));
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
    if (secrets !== undefined) await this.#forgetDerived(saved);
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
    if (!isArchived(this.#parts.repository.get(sessionId), now)) return this.get(sessionId);
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

  /**
   * Starts the session, up to the point where it is active or a person is needed. Throws like
   * `SessionRunner.start`.
   */
  async start(sessionId: string, options: StartOptions): Promise<StartOutcome> {
    return await outcomeOf(this.#parts, sessionId, {
      begin: () => this.#parts.runner.start(sessionId, options),
      callerEnvironment: options.callerEnvironment,
    });
  }

  /** As `start`, for fresh credentials of an active session. Throws like `SessionRunner.rotate`. */
  async rotate(sessionId: string, { by }: { readonly by: string }): Promise<StartOutcome> {
    const begin = () => this.#rotate(sessionId, by);
    return await outcomeOf(this.#parts, sessionId, { begin });
  }

  /** Gives the run of a session with a maximum duration `seconds` more. Throws like `extendRun`. */
  async extend(
    sessionId: string,
    extension: { readonly seconds: number; readonly by: string },
  ): Promise<Session> {
    return publicView(await extendRun(this.#parts, sessionId, extension));
  }

  /**
   * Replaces the access keys of an IAM user; with `finish`, deletes the old one. Throws like
   * `KeyRotations.rotate` and `finish`.
   */
  async rotateKeys(
    sessionId: string,
    { finish, by }: { readonly finish: boolean; readonly by: string },
  ): Promise<KeyRotationOutcome> {
    const { keyRotations } = this.#parts;
    return finish
      ? await keyRotations.finish(sessionId, by)
      : await keyRotations.rotate(sessionId, by);
  }

  /** Idempotent, and never blocked: what cannot be removed now is named in `leftovers`. */
  async stop(sessionId: string, { by }: { readonly by: string }): Promise<StopOutcome> {
    const { repository, runner } = this.#parts;
    const session = repository.get(sessionId);
    const isStarting = session.status === 'pending' && !awaitsRenewal(session);
    const reason = isStarting ? 'cancelled' : 'stopped';
    return await runner.end(sessionId, { reason, message: `Stopped by ${by}.`, by });
  }

  /** Throws like `issuedCredentials`. */
  async credentials(sessionId: string, narrowing?: Narrowing): Promise<AwsCredentials> {
    return await issuedCredentials(this.#parts, sessionId, narrowing);
  }

  /** Throws like `issuedToken`. */
  async azureToken(sessionId: string, resource: string): Promise<ResourceToken> {
    return await issuedToken(this.#parts, sessionId, resource);
  }

  /** Drops sign-in material kept for the next start. Throws Problem 'not-found', 'vault-locked'. */
  async forget(sessionId: string, { by }: { readonly by: string }): Promise<void> {
    const session = this.#parts.repository.get(sessionId);
    await providerFor(this.#parts.providers, session).forget(sessionId);
    await this.#forgetDerived(session);
    this.#note('logout', session, by);
  }

  /** The delivery of the session's next run. */
  deliveryOf(session: Session | SessionFields): string {
    return this.#parts.usualDelivery(session);
  }

  /** A rotation that fails is in the history, but not one that the session's state did not allow. */
  async #rotate(sessionId: string, by: string): Promise<Session> {
    const { runner, repository, history } = this.#parts;
    const runId = repository.get(sessionId).run?.id;
    try {
      return await runner.rotate(sessionId, by);
    } catch (error) {
      const current = repository.find(sessionId);
      if (current !== undefined && isUnderWay(current) && current.run?.id === runId) {
        const message = failureText(error);
        history.append({ kind: 'rotation-failed', ...named(current), message, by });
      }
      throw error;
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

  /** What other sessions got through the sign-in of `session` ends with that sign-in. */
  async #forgetDerived(session: Session): Promise<void> {
    await this.#parts.parents.forget(signInOf(session));
  }

  #note(
    kind: 'session-created' | 'session-updated' | 'session-removed' | 'logout',
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
