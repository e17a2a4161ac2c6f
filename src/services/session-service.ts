import { isAwsCredentials, type AwsCredentials } from '../models/credentials.ts';
import { Problem } from '../models/problem.ts';
import type { Prompt } from '../models/prompt.ts';
import type { SessionFields, SessionSecrets } from '../models/session-fields.ts';
import { fieldsOf, type Session } from '../models/session.ts';
import { toInstant } from '../models/time.ts';
import type { BrokenSession } from '../models/workspace.ts';
import type { AwsIamUserProvider } from './providers/aws-iam-user.ts';
import { providerFor } from './providers/providers.ts';
import type { ParentCredentials } from './sessions/parent-credentials.ts';
import type { ResourceToken, ResourceTokens } from './sessions/resource-tokens.ts';
import type { RunContext } from './sessions/run-context.ts';
import { effective, newSession, publicView, withFields } from './sessions/session-record.ts';
import { revisionStale } from './sessions/session-problems.ts';
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
  readonly tokens: ResourceTokens;
  readonly parents: Pick<ParentCredentials, 'forget'>;
  readonly workspace: WorkspaceStore;
  /** The delivery of a session that names none. */
  readonly usualDelivery: (fields: SessionFields) => string;
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

  /** Throws Problem 'not-found'. */
  get(sessionId: string): Session {
    return publicView(this.#parts.repository.get(sessionId));
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
        created = newSession(fields, { sessions, now, sessionId });
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
   * Changes fields, keys or both. A run under way keeps the fields it began with. Throws Problem
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
    requireVault();
    let before: Session | undefined;
    const saved = await repository.changeDefinition(sessionId, (session) => {
      before = session;
      refuseStale(session, request.expectedRevision);
      const fields = this.#check(request.edit(fieldsOf(session)), {
        sessionId,
        type: session.type,
        secrets: request.secrets,
      });
      return withFields(session, fields, repository.all());
    });
    await this.#changeSecrets(before ?? saved, saved, request.secrets);
    if (request.secrets !== undefined) await this.#forgetDerived(saved);
    this.#note('session-updated', saved, request.by);
    return publicView(saved);
  }

  /**
   * Ends the session and every run that depends on it; the history stays. Throws Problem
   * 'not-found', 'revision-stale', 'vault-locked', 'file-unwritable'.
   */
  async remove(
    sessionId: string,
    { expectedRevision, by }: { readonly expectedRevision?: number; readonly by: string },
  ): Promise<void> {
    const { repository, runner, providers, requireVault } = this.#parts;
    requireVault();
    const { sessionName } = refuseStale(repository.get(sessionId), expectedRevision);
    for (const dependent of dependents(sessionId, repository.all())) {
      const message = `Session ${sessionName}, which it depends on, was removed.`;
      await runner.end(dependent.sessionId, { reason: 'dependency-removed', message, by });
    }
    const message = `${by} removed the session.`;
    await runner.end(sessionId, { reason: 'removed', message, by }, async () => {
      const session = repository.get(sessionId);
      this.#note('session-removed', session, by);
      await repository.remove(sessionId);
      await providerFor(providers, session).dropSecrets?.(session);
    });
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
    const begin = () => this.#parts.runner.rotate(sessionId, by);
    return await outcomeOf(this.#parts, sessionId, { begin });
  }

  /** Idempotent, and never blocked: what cannot be removed now is named in `leftovers`. */
  async stop(sessionId: string, { by }: { readonly by: string }): Promise<StopOutcome> {
    const { repository, runner } = this.#parts;
    const reason = repository.get(sessionId).status === 'pending' ? 'cancelled' : 'stopped';
    return await runner.end(sessionId, { reason, message: `Stopped by ${by}.`, by });
  }

  /**
   * The AWS credentials of an active session. Throws Problem 'session-not-active',
   * 'invalid-request', 'vault-locked'.
   */
  async credentials(sessionId: string): Promise<AwsCredentials> {
    const { repository, credentials } = this.#parts;
    const session = repository.get(sessionId);
    const issued = session.status === 'active' ? await credentials.get(sessionId) : undefined;
    if (issued === undefined) throw notActive(session);
    if (isAwsCredentials(issued.credentials)) return issued.credentials;
    throw new Problem('invalid-request', {
      detail: `Session ${session.sessionName} is an Azure session, and Azure has no credential_process.`,
      next: `Use stint exec ${sessionId} -- COMMAND, or stint env ${sessionId}`,
      sessionId,
    });
  }

  /**
   * A token of an active Azure session for a resource such as https://vault.azure.net. Asks nobody.
   * Throws Problem 'session-not-active', 'invalid-request', 'cloud-refused', 'cloud-unreachable',
   * 'dependency-missing', 'vault-locked'.
   */
  async azureToken(sessionId: string, resource: string): Promise<ResourceToken> {
    const session = effective(this.#parts.repository.get(sessionId));
    if (session.status !== 'active') throw notActive(session);
    if (session.type === 'azure') return await this.#parts.tokens.get(session, resource);
    throw new Problem('invalid-request', {
      detail: `Session ${session.sessionName} is an AWS session and has no Azure tokens.`,
      next: 'Use an Azure session.',
      sessionId,
    });
  }

  /** Drops sign-in material kept for the next start. Throws Problem 'not-found', 'vault-locked'. */
  async forget(sessionId: string, { by }: { readonly by: string }): Promise<void> {
    const session = this.#parts.repository.get(sessionId);
    await providerFor(this.#parts.providers, session).forget(sessionId);
    await this.#forgetDerived(session);
    this.#note('logout', session, by);
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
      settings: workspace.settings(),
      usualDelivery,
    });
  }

  /** Changed keys or another MFA device make the kept token void. */
  async #changeSecrets(before: Session, after: Session, secrets: SessionSecrets | undefined) {
    const { awsIamUser } = this.#parts;
    if (before.type !== 'awsIamUser' || after.type !== 'awsIamUser') return;
    if (secrets !== undefined) await awsIamUser.setKeys(after.sessionId, secrets);
    else if (before.mfaSerial !== after.mfaSerial) await awsIamUser.forget(after.sessionId);
  }

  /** What other sessions got through the sign-in of `session` ends with that sign-in. */
  async #forgetDerived(session: Session): Promise<void> {
    await this.#parts.parents.forget(signInOf(session));
  }

  #note(
    kind: 'session-created' | 'session-updated' | 'session-removed' | 'logout',
    { sessionId, sessionName }: Session,
    by: string,
  ): void {
    this.#parts.history.append({ kind, sessionId, sessionName, by });
  }
}

function refuseStale(session: Session, expectedRevision: number | undefined): Session {
  if (expectedRevision === undefined || expectedRevision === session.revision) return session;
  throw revisionStale(session);
}

function notActive({ sessionId, sessionName }: Session): Problem {
  return new Problem('session-not-active', {
    detail: `Session ${sessionName} is not active, so it has no credentials.`,
    next: `Start it first: stint start ${sessionId}`,
    sessionId,
  });
}
