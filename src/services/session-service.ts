import { isAwsCredentials, type AwsCredentials } from '../models/credentials.ts';
import { Problem } from '../models/problem.ts';
import type { Prompt } from '../models/prompt.ts';
import type { SessionFields, SessionSecrets } from '../models/session-fields.ts';
import type { Session } from '../models/session.ts';
import { toInstant } from '../models/time.ts';
import type { BrokenSession } from '../models/workspace.ts';
import type { Clock } from './clock/clock.ts';
import type { History } from './history/history.ts';
import type { AwsIamUserProvider } from './providers/aws-iam-user.ts';
import { providerFor, type Providers } from './providers/providers.ts';
import type { RunCredentials } from './sessions/run-credentials.ts';
import type { ResourceToken, ResourceTokens } from './sessions/resource-tokens.ts';
import type { SessionRepository } from './sessions/session-repository.ts';
import {
  fieldsOf,
  effective,
  newSession,
  publicView,
  withFields,
} from './sessions/session-record.ts';
import { checkFields, dependents } from './sessions/session-rules.ts';
import type { StartOptions, StartOutcome, StopOutcome } from './sessions/start-outcome.ts';
import type { SessionRunner } from './sessions/session-runner.ts';
import type { WorkspaceStore } from './workspace/workspace-store.ts';

export type { StartOptions, StartOutcome, StopOutcome } from './sessions/start-outcome.ts';

/** Everything that can be done with sessions; nothing reaches them another way. */
export class SessionService {
  readonly #repository: SessionRepository;
  readonly #runner: SessionRunner;
  readonly #credentials: RunCredentials;
  readonly #awsIamUser: AwsIamUserProvider;
  readonly #tokens: ResourceTokens;
  readonly #providers: Providers;
  readonly #workspace: WorkspaceStore;
  readonly #history: History;
  readonly #clock: Clock;
  readonly #requireVault: () => void;
  readonly #usualDelivery: (fields: SessionFields) => string;

  constructor(parts: {
    readonly repository: SessionRepository;
    readonly runner: SessionRunner;
    readonly credentials: RunCredentials;
    readonly awsIamUser: AwsIamUserProvider;
    readonly tokens: ResourceTokens;
    readonly providers: Providers;
    readonly workspace: WorkspaceStore;
    readonly history: History;
    readonly clock: Clock;
    /** Throws Problem 'vault-locked'. */
    readonly requireVault: () => void;
    /** The delivery of a session that names none. */
    readonly usualDelivery: (fields: SessionFields) => string;
  }) {
    this.#repository = parts.repository;
    this.#runner = parts.runner;
    this.#credentials = parts.credentials;
    this.#awsIamUser = parts.awsIamUser;
    this.#tokens = parts.tokens;
    this.#providers = parts.providers;
    this.#workspace = parts.workspace;
    this.#history = parts.history;
    this.#clock = parts.clock;
    this.#requireVault = parts.requireVault;
    this.#usualDelivery = parts.usualDelivery;
  }

  /** In the order of the workspace, archived ones included. */
  list(): readonly Session[] {
    return this.#repository.all().map(publicView);
  }

  /** Entries of the workspace that could not be read; they stay in the file as they are. */
  broken(): readonly BrokenSession[] {
    return this.#workspace.broken();
  }

  /** Throws Problem 'not-found'. */
  get(sessionId: string): Session {
    return publicView(this.#repository.get(sessionId));
  }

  /** The open questions that a start of the session waits for. Throws Problem 'not-found'. */
  prompts(sessionId: string): readonly Prompt[] {
    return this.#runner.prompts(sessionId);
  }

  /** Throws Problem 'invalid-request', 'already-exists', 'vault-locked', 'file-unwritable'. */
  async create(request: {
    readonly fields: SessionFields;
    readonly secrets?: SessionSecrets;
    readonly expiresInSeconds?: number;
    readonly sessionId?: string;
    readonly by: string;
  }): Promise<Session> {
    this.#requireVault();
    const { secrets, sessionId, expiresInSeconds } = request;
    if (sessionId !== undefined && this.#repository.find(sessionId) !== undefined) {
      throw new Problem('already-exists', {
        detail: `There is a session ${sessionId} already.`,
        next: 'Leave sessionId out, or change that session instead.',
        sessionId,
      });
    }
    const now = this.#clock.now();
    const fields = this.#check(
      expiresInSeconds === undefined
        ? request.fields
        : { ...request.fields, validUntil: toInstant(now + expiresInSeconds * 1000) },
      { secrets },
    );
    const session = newSession(fields, { sessions: this.#repository.all(), now, sessionId });
    if (secrets !== undefined) await this.#awsIamUser.setKeys(session.sessionId, secrets);
    try {
      const saved = await this.#repository.add(session);
      this.#note('session-created', saved, request.by);
      return publicView(saved);
    } catch (error) {
      if (secrets !== undefined) await this.#awsIamUser.dropSecrets(session);
      throw error;
    }
  }

  /**
   * Changes fields, keys or both. A run under way goes on with what it began with. Throws Problem
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
    this.#requireVault();
    let before: Session | undefined;
    const saved = await this.#repository.changeDefinition(sessionId, (session) => {
      before = session;
      this.#refuseStale(session, request.expectedRevision);
      const fields = this.#check(request.edit(fieldsOf(session)), {
        sessionId,
        type: session.type,
        secrets: request.secrets,
      });
      return withFields(session, fields, this.#repository.all());
    });
    await this.#changeSecrets(before ?? saved, saved, request.secrets);
    this.#note('session-updated', saved, request.by);
    return publicView(saved);
  }

  /** Ends the session and every run that depends on it; the history stays. */
  async remove(
    sessionId: string,
    request: { readonly expectedRevision?: number; readonly by: string },
  ): Promise<void> {
    this.#requireVault();
    const { by } = request;
    this.#refuseStale(this.#repository.get(sessionId), request.expectedRevision);
    const { sessionName } = this.#repository.get(sessionId);
    for (const dependent of dependents(sessionId, this.#repository.all())) {
      const message = `Session ${sessionName}, which it depends on, was removed.`;
      await this.#runner.end(dependent.sessionId, 'dependency-removed', message, by);
    }
    const message = `The session was removed by ${by}.`;
    await this.#runner.end(sessionId, 'removed', message, by, async () => {
      const session = this.#repository.get(sessionId);
      this.#note('session-removed', session, by);
      await this.#repository.remove(sessionId);
      await providerFor(this.#providers, session).dropSecrets?.(session);
    });
  }

  /** Throws Problem: see `SessionRunner.start`, the provider and the delivery. */
  async start(sessionId: string, options: StartOptions): Promise<StartOutcome> {
    return await this.#runner.start(sessionId, options);
  }

  /** Throws Problem 'session-not-active' and what the provider throws; the old credentials stay then. */
  async rotate(sessionId: string, options: { readonly by: string }): Promise<StartOutcome> {
    return await this.#runner.rotate(sessionId, options);
  }

  /** Idempotent, and never blocked: what cannot be taken away now is named in `leftovers`. */
  async stop(sessionId: string, { by }: { readonly by: string }): Promise<StopOutcome> {
    const reason = this.#repository.get(sessionId).status === 'pending' ? 'cancelled' : 'stopped';
    return await this.#runner.end(sessionId, reason, `Stopped by ${by}.`, by);
  }

  /** The AWS credentials in force. Throws Problem 'session-not-active', 'invalid-request', 'vault-locked'. */
  async credentials(sessionId: string): Promise<AwsCredentials> {
    const session = this.#repository.get(sessionId);
    const issued = session.status === 'active' ? await this.#credentials.get(sessionId) : undefined;
    if (issued === undefined) throw notActive(session);
    if (isAwsCredentials(issued.credentials)) return issued.credentials;
    throw new Problem('invalid-request', {
      detail: `Session ${session.sessionName} is of Azure, which has no credential_process.`,
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
    const stored = this.#repository.get(sessionId);
    const session = effective(stored);
    if (session.status !== 'active') throw notActive(session);
    if (session.type === 'azure') return await this.#tokens.get(session, resource);
    throw new Problem('invalid-request', {
      detail: `Session ${session.sessionName} is of AWS and has no Azure tokens.`,
      next: 'Use an Azure session.',
      sessionId,
    });
  }

  /** Drops sign-in material kept for the next start. Throws Problem 'not-found', 'vault-locked'. */
  async forget(sessionId: string, { by }: { readonly by: string }): Promise<void> {
    const session = this.#repository.get(sessionId);
    await providerFor(this.#providers, session).forget(sessionId);
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
    return checkFields(fields, {
      ...context,
      sessions: this.#repository.all(),
      usualDelivery: this.#usualDelivery,
    });
  }

  /** Changed keys or another MFA device make the kept token void. */
  async #changeSecrets(before: Session, after: Session, secrets: SessionSecrets | undefined) {
    if (before.type !== 'awsIamUser' || after.type !== 'awsIamUser') return;
    if (secrets !== undefined) await this.#awsIamUser.setKeys(after.sessionId, secrets);
    else if (before.mfaSerial !== after.mfaSerial) await this.#awsIamUser.forget(after.sessionId);
  }

  #refuseStale(session: Session, expectedRevision: number | undefined): void {
    if (expectedRevision === undefined || expectedRevision === session.revision) return;
    throw new Problem('revision-stale', {
      detail: `Session ${session.sessionName} changed in the meantime: it is at revision ${session.revision}.`,
      next: 'Read it again and repeat the change.',
      sessionId: session.sessionId,
    });
  }

  #note(
    kind: 'session-created' | 'session-updated' | 'session-removed' | 'logout',
    { sessionId, sessionName }: Session,
    by: string,
  ): void {
    this.#history.append({ kind, sessionId, sessionName, by });
  }
}

function notActive({ sessionId, sessionName }: Session): Problem {
  return new Problem('session-not-active', {
    detail: `Session ${sessionName} is not active, so it has no credentials.`,
    next: `Start it first: stint start ${sessionId}`,
    sessionId,
  });
}
