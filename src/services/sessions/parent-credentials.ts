import { isAwsCredentials, type Credentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { renewalMargin } from '../../models/renewal.ts';
import {
  isAwsSession,
  type AwsIamRoleChainedSession,
  type AwsSession,
  type Session,
} from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { RunCredentials } from './run-credentials.ts';
import { fieldsOf } from './session-record.ts';
import type { IssuedCredentials, ProviderRequest, SigningKeys } from '../providers/provider.ts';
import { providerFor, type Providers } from '../providers/providers.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';

/** Credentials of a parent that is not active, kept in memory for its children. */
interface Held {
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
}

/**
 * What a chained session signs with: its parent's credentials, obtained once for many children
 * while they are valid. The parent need not be active, and does not become so.
 */
export class ParentCredentials {
  readonly #parts: Parts;
  readonly #held = new Map<string, Held>();
  readonly #obtaining = new SingleFlight<SigningKeys>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws Problem 'dependency-missing' and what the parent's provider throws. */
  async obtain(request: ProviderRequest<AwsIamRoleChainedSession>): Promise<SigningKeys> {
    const parent = this.#parentOf(request.session);
    const { deadline, signal, attended } = request;
    return await this.#obtaining.run(parent.sessionId, signal, (shared) =>
      this.#obtain(parent, { deadline, attended, signal: shared }),
    );
  }

  /** Forgets what is held for the parent of `session`: AWS takes it no more. */
  discard({ parentSessionId }: AwsIamRoleChainedSession): void {
    this.#held.delete(parentSessionId);
  }

  /** Whether the parent's credentials can be had with nobody there. */
  unattended({ parentSessionId }: AwsIamRoleChainedSession): boolean {
    const parent = this.#parts.find(parentSessionId);
    if (parent === undefined || !isAwsSession(parent)) return false;
    const held = this.#held.get(parentSessionId);
    if (held !== undefined && this.#isUsable(held, parent)) return true;
    return providerFor(this.#parts.providers(), parent).unattended(parent);
  }

  async #obtain(
    parent: AwsSession,
    child: Pick<ProviderRequest<never>, 'deadline' | 'attended' | 'signal'>,
  ): Promise<SigningKeys> {
    const { deadline, signal } = child;
    const { prompts, providers, runs } = this.#parts;
    const { sessionId } = parent;
    const provider = providerFor(providers(), parent);
    // Questions are the parent's own: whoever waits for it may have them answered.
    const request: ProviderRequest<AwsSession> = {
      session: parent,
      fresh: false,
      ...child,
      ask: (question) => prompts.ask({ ...question, sessionId, deadline }, signal),
    };
    const own = await provider.signingKeys?.(request);
    if (own !== undefined) return own;
    const mfaSerial = parent.type === 'awsIamUser' ? parent.mfaSerial : undefined;
    const ofRole = parent.type !== 'awsIamUser';
    const held = this.#held.get(sessionId);
    if (held !== undefined && this.#isUsable(held, parent)) {
      return { keys: held.issued.credentials, ofRole, mfaSerial };
    }
    const running = parent.status === 'active' ? await runs.get(sessionId) : undefined;
    if (running !== undefined && isAwsCredentials(running.credentials) && this.#hasLife(running)) {
      return { keys: running.credentials, ofRole, mfaSerial };
    }
    const issued = await provider.obtain(request);
    this.#held.set(sessionId, { issued, madeWith: madeWith(parent) });
    return { keys: issued.credentials, ofRole, mfaSerial };
  }

  #isUsable({ issued, madeWith: before }: Held, parent: Session): boolean {
    return before === madeWith(parent) && this.#hasLife(issued);
  }

  #hasLife({ credentials, grantedSeconds }: IssuedCredentials<Credentials>): boolean {
    const left = (Date.parse(credentials.expiration) - this.#parts.clock.now()) / 1000;
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
