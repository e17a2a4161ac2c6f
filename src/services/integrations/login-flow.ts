import type { Integration } from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import type { Clock } from '../clock/clock.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import type { History } from '../history/history.ts';
import type { Explain } from '../log/log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { IntegrationRepository } from './integration-repository.ts';
import {
  signInQuestions,
  whileShown,
  type AskToSignIn,
  type SignInFor,
} from './sign-in-question.ts';
import type { LoginMethod } from './source.ts';

export interface LoginOptions {
  readonly signal: AbortSignal;
  /** If omitted, the usual one of this machine. */
  readonly method?: LoginMethod | undefined;
  /** Until when a person may take to sign in, where that is long; milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  /** To be named in the question. */
  readonly subject?: SignInFor | undefined;
}

/** Signs in once, with one question or code. */
type Attempt<Kept> = (how: {
  readonly method: LoginMethod;
  readonly ask: AskToSignIn;
}) => Promise<Kept>;

export interface LoginFlowParts {
  readonly repository: IntegrationRepository;
  readonly prompts: PromptService;
  readonly history: History;
  readonly clock: Clock;
  readonly usualMethod: LoginMethod;
  readonly log: Explain;
}

/**
 * What signing in has in common for every kind of integration: one sign-in at a time, shared by all
 * callers, and one writer of what is kept of it. The end of a sign-in is the last word: whatever was
 * under way is cancelled, and writes nothing afterwards.
 */
export class LoginFlow<Kept> {
  readonly #parts: LoginFlowParts;
  readonly #loginTime: number;
  readonly #logins = new SingleFlight<Kept>();
  /** Renewals, and everything that writes what is kept of an integration's sign-in. */
  readonly #turns = new KeyedMutex();
  /** Aborted when the sign-in that is kept ends. */
  readonly #endings = new Map<string, AbortController>();
  readonly #logInCounts = new Map<string, number>();

  /** `loginTime`: how long a person may take at least, in milliseconds. */
  constructor(parts: LoginFlowParts, { loginTime }: { readonly loginTime: number }) {
    this.#parts = parts;
    this.#loginTime = loginTime;
  }

  /** Joins the sign-in that is under way, or begins it. Throws the signal's reason, and what it throws. */
  async join(
    { integrationId }: Integration,
    signal: AbortSignal,
    begin: (signal: AbortSignal) => Promise<Kept>,
  ): Promise<Kept> {
    this.#parts.repository.requireKept(integrationId);
    return await this.#logins.run(integrationId, signal, begin);
  }

  /**
   * Asks a person to sign in, with a new question where one has expired and time is left. Throws what
   * `attempt` throws.
   */
  async ask(
    { integrationId, name }: Integration,
    { signal, method = this.#parts.usualMethod, deadline, subject }: LoginOptions,
    attempt: Attempt<Kept>,
  ): Promise<Kept> {
    const { repository, prompts, clock, history } = this.#parts;
    const loginTime = this.#loginTime;
    const last = Math.max(clock.now() + loginTime, deadline ?? 0);
    const ask = signInQuestions({
      prompts,
      clock,
      integrationId,
      subject,
      signal,
      loginTime,
      deadline,
    });
    return await repository.whileLoggingIn(integrationId, async () => {
      const kept = await whileShown(
        () => attempt({ method, ask }),
        () => clock.now() < last,
      );
      history.append({ kind: 'login', message: name, by: 'stint' });
      return kept;
    });
  }

  /** Renews what is kept, one renewal at a time; the end of the sign-in aborts it. */
  async renew<T>(
    integrationId: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const ending = this.#endings.get(integrationId) ?? new AbortController();
    this.#endings.set(integrationId, ending);
    return await this.#turns.run(integrationId, work, {
      signal: AbortSignal.any([signal, ending.signal]),
    });
  }

  /**
   * Writes what belongs to the sign-in `signal` is of, unless it was ended or its integration
   * removed meanwhile. Throws the signal's reason, Problem 'not-found', and what `write` throws.
   */
  async write<T>(integrationId: string, signal: AbortSignal, write: () => Promise<T>): Promise<T> {
    return await this.#turns.run(integrationId, async () => {
      signal.throwIfAborted();
      this.#parts.repository.requireKept(integrationId);
      return await write();
    });
  }

  /** As `write`, for a new sign-in: what was concluded from the one before no longer holds. */
  async writeLogin<T>(
    integrationId: string,
    signal: AbortSignal,
    write: () => Promise<T>,
  ): Promise<T> {
    return await this.write(integrationId, signal, async () => {
      this.#logInCounts.set(integrationId, this.logInCount(integrationId) + 1);
      return await write();
    });
  }

  /** How often somebody has signed in. */
  logInCount(integrationId: string): number {
    return this.#logInCounts.get(integrationId) ?? 0;
  }

  /** Cancels what is under way, and then has `drop` remove what is kept. `why`: a sentence. */
  async end<T>(integrationId: string, why: string, drop: () => Promise<T>): Promise<T> {
    const reason = new Problem('session-ended', { detail: why, next: 'Sign in again.' });
    this.#logins.cancel(integrationId, reason);
    this.#endings.get(integrationId)?.abort(reason);
    this.#endings.delete(integrationId);
    return await this.#turns.run(integrationId, drop);
  }
}
