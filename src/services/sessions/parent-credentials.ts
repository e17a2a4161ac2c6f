import { isAwsCredentials, type Credentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { renewalMargin } from '../../models/renewal.ts';
import {
  fieldsOf,
  isAwsSession,
  type AwsIamRoleChainedSession,
  type AwsSession,
  type Session,
} from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import { CredentialCache } from '../credentials/credential-cache.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Log } from '../log/log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type {
  IssuedCredentials,
  ParentKeys,
  ProviderRequest,
  SigningKeys,
} from '../providers/provider.ts';
import { providerFor, type Providers } from '../providers/providers.ts';
import { questionsAbout } from './run-context.ts';
import { personNeeded } from './session-problems.ts';
import type { RunCredentials } from './run-credentials.ts';
import { signInsEndedBy, type SignInEnds } from './sign-in-ends.ts';

/** Credentials of a parent that is not active, kept in memory for its children. */
interface Kept {
  readonly issued: IssuedCredentials;
  /** The parent's fields they were obtained with. */
  readonly madeWith: string;
}

interface Parts {
  readonly find: (sessionId: string) => Session | undefined;
  readonly providers: () => Providers;
  readonly runs: RunCredentials;
  readonly prompts: PromptService;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly log: Pick<Log, 'explain' | 'error'>;
}

/**
 * What a chained session signs with: its parent's credentials, obtained once for many children
 * while they are valid. The parent need not be active, and does not become so.
 */
export class ParentCredentials implements ParentKeys {
  readonly #parts: Parts;
  readonly #cache = new CredentialCache<Kept>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.events.subscribe(({ event }) => {
      if (event.type === 'vault' && event.locked) this.#cache.forgetMemory();
      const ends = signInsEndedBy(event);
      if (ends === undefined) return;
      this.forget(ends).catch((error: unknown) => {
        parts.log.error('parent-credentials.not-forgotten', { error });
      });
    });
  }

  async obtain(request: ProviderRequest<AwsIamRoleChainedSession>): Promise<SigningKeys> {
    const parent = this.#parentOf(request.session);
    const { sessionId } = parent;
    const { prompts, providers } = this.#parts;
    const { deadline, attended, screen } = request;
    const provider = providerFor(providers(), parent);
    // Questions are about the parent: the answer serves every child that waits for it.
    const ofParent = (signal: AbortSignal): ProviderRequest<AwsSession> => ({
      session: parent,
      fresh: false,
      deadline,
      attended,
      screen,
      signal,
      ...questionsAbout({ prompts }, parent, deadline, signal),
    });
    const own = await provider.signingKeys?.(ofParent(request.signal));
    if (own !== undefined) return own;
    const mfaSerial = parent.type === 'awsIamUser' ? parent.mfaSerial : undefined;
    const ofRole = parent.type !== 'awsIamUser';
    const running = this.#hasUsable(parent) ? undefined : await this.#ofRun(parent);
    if (running !== undefined) return { keys: running, ofRole, mfaSerial };
    const isReady = this.#hasUsable(parent) || provider.unattended(parent);
    if (request.unattended === true && !isReady) throw personNeeded(parent);
    const { issued } = await this.#cache.get(sessionId, {
      signal: request.signal,
      isUsable: (kept) => this.#isUsable(kept, parent),
      obtain: async (signal) => {
        const child = request.session;
        const reason =
          `${child.sessionName} needs credentials of its parent ${parent.sessionName}, and none ` +
          'that are kept last long enough. Obtaining them.';
        this.#parts.log.explain(reason, { sessionId: child.sessionId });
        return { issued: await provider.obtain(ofParent(signal)), madeWith: madeWith(parent) };
      },
    });
    return { keys: issued.credentials, ofRole, mfaSerial };
  }

  async discard({ parentSessionId }: AwsIamRoleChainedSession): Promise<void> {
    await this.#cache.forget(parentSessionId);
  }

  unattended({ parentSessionId }: AwsIamRoleChainedSession): boolean {
    const parent = this.#parts.find(parentSessionId);
    if (parent === undefined || !isAwsSession(parent)) return false;
    return (
      this.#hasUsable(parent) || providerFor(this.#parts.providers(), parent).unattended(parent)
    );
  }

  /** Drops all that was obtained through a sign-in that ends, along whole chains. */
  async forget(ends: SignInEnds): Promise<void> {
    for (const sessionId of this.#cache.keys()) {
      if (this.#isVoid(sessionId, ends)) await this.#cache.forget(sessionId);
    }
  }

  /** Whether credentials of a session are void: it, or what it is chained to, is signed out or removed. */
  #isVoid(sessionId: string, ends: SignInEnds): boolean {
    const session = this.#parts.find(sessionId);
    if (session === undefined || ends(session)) return true;
    return session.type === 'awsIamRoleChained' && this.#isVoid(session.parentSessionId, ends);
  }

  /** Credentials of the parent's own run, where it has one. */
  async #ofRun({ sessionId, status }: AwsSession): Promise<SigningKeys['keys'] | undefined> {
    const issued = status === 'active' ? await this.#parts.runs.get(sessionId) : undefined;
    if (issued === undefined || !isAwsCredentials(issued.credentials)) return undefined;
    return this.#hasTimeLeft(issued) ? issued.credentials : undefined;
  }

  #hasUsable(parent: Session): boolean {
    const kept = this.#cache.peek(parent.sessionId);
    return kept !== undefined && this.#isUsable(kept, parent);
  }

  #isUsable({ issued, madeWith: before }: Kept, parent: Session): boolean {
    return before === madeWith(parent) && this.#hasTimeLeft(issued);
  }

  #hasTimeLeft({
    credentials,
    grantedSeconds,
    clockOffset = 0,
  }: IssuedCredentials<Credentials>): boolean {
    const now = this.#parts.clock.now() + clockOffset;
    const left = (Date.parse(credentials.expiration) - now) / 1000;
    return left > renewalMargin(grantedSeconds);
  }

  #parentOf({ sessionId, sessionName, parentSessionId }: AwsIamRoleChainedSession): AwsSession {
    const parent = this.#parts.find(parentSessionId);
    if (parent !== undefined && isAwsSession(parent)) return parent;
    throw new Problem('dependency-missing', {
      detail: `Session ${sessionName} uses the credentials of session ${parentSessionId}, which was removed.`,
      next: `Give it another parent: stint session edit ${sessionId} --parent-session-id ID`,
      sessionId,
    });
  }
}

function madeWith(parent: Session): string {
  return JSON.stringify(fieldsOf(parent));
}
