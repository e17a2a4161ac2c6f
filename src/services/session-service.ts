import { isAwsCredentials, type AwsCredentials } from '../models/credentials.ts';
import type { Narrowing } from '../models/narrowing.ts';
import type { Prompt } from '../models/prompt.ts';
import type { SessionFields } from '../models/session-fields.ts';
import { awaitsRenewal, isUnderWay } from '../models/run-state.ts';
import type { Session, SessionAction } from '../models/session.ts';
import type { BrokenSession } from '../models/workspace.ts';
import type { KeyRotationOutcome } from './access-keys/key-rotation.ts';
import { providerFor } from './providers/providers.ts';
import type { NarrowedCredentials } from './sessions/narrowed-credentials.ts';
import type { ResourceTokens } from './sessions/resource-tokens.ts';
import type { ResourceToken } from './providers/azure.ts';
import { extendRun } from './sessions/extend.ts';
import { issuedCredentials, issuedToken } from './sessions/issued.ts';
import { possibleActions, type Circumstances } from './sessions/possible-actions.ts';
import { named } from './sessions/run-context.ts';
import { SessionDefinitions, type DefinitionParts } from './sessions/session-definitions.ts';
import { publicView } from './sessions/session-record.ts';
import { failureText } from './sessions/session-problems.ts';
import { signInsOf } from './sessions/session-rules.ts';
import {
  openPrompts,
  outcomeOf,
  type StartOptions,
  type StartOutcome,
  type StopOutcome,
} from './sessions/start-outcome.ts';
import { signInOf } from './sessions/sign-in-ends.ts';

export type { StartOptions, StartOutcome, StopOutcome } from './sessions/start-outcome.ts';

interface Parts extends DefinitionParts {
  readonly azureSignIn: Circumstances['azureSignIn'];
  readonly tokens: ResourceTokens;
  readonly narrowed: Pick<NarrowedCredentials, 'get'>;
}

/** Everything that can be done with sessions; nothing reaches them another way. */
export class SessionService {
  readonly #parts: Parts;
  readonly #definitions: SessionDefinitions;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#definitions = new SessionDefinitions(parts);
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

  /** Throws like `SessionDefinitions.create`. */
  readonly create: SessionDefinitions['create'] = (request) => this.#definitions.create(request);

  /** Throws like `SessionDefinitions.update`. */
  readonly update: SessionDefinitions['update'] = (sessionId, request) =>
    this.#definitions.update(sessionId, request);

  /** Throws like `SessionDefinitions.restore`. */
  readonly restore: SessionDefinitions['restore'] = (sessionId, request) =>
    this.#definitions.restore(sessionId, request);

  /** Throws like `SessionDefinitions.remove`. */
  readonly remove: SessionDefinitions['remove'] = (sessionId, request) =>
    this.#definitions.remove(sessionId, request);

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
    const { repository, providers, parents, history } = this.#parts;
    const session = repository.get(sessionId);
    await providerFor(providers, session).forget(sessionId);
    // What other sessions got through this sign-in ends with it.
    await parents.forget(signInOf(session));
    history.append({ kind: 'logout', sessionId, sessionName: session.sessionName, by });
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
}
