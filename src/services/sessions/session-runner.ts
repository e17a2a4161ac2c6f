import type { EndReason } from '../../models/lifecycle.ts';
import { Problem } from '../../models/problem.ts';
import type { Prompt } from '../../models/prompt.ts';
import type { Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import { providerFor, type Providers } from '../providers/providers.ts';
import { CancelledError, KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { cancelled, failureOf, personNeeded, refuseArchived } from './session-problems.ts';
import type { RunCredentials } from './run-credentials.ts';
import type { DeliveryRouter } from '../delivery/router.ts';
import {
  openPrompts,
  settledOrAsked,
  type StartOptions,
  type StartOutcome,
  type StopOutcome,
} from './start-outcome.ts';
import { beginRun, delivered, ended, keptOn, rotated } from './transitions.ts';
import type { SessionRepository } from './session-repository.ts';
import { fieldsOf, effective, publicView } from './session-record.ts';
import { signInsOf } from './session-rules.ts';

/** How long a start waits for a person, in milliseconds. */
const answerTime = 5 * 60_000;

export interface RunnerParts {
  readonly repository: SessionRepository;
  readonly providers: Providers;
  readonly delivery: DeliveryRouter;
  readonly credentials: RunCredentials;
  readonly prompts: PromptService;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Throws Problem 'owner-ending' once the owner starts nothing any more. */
  readonly admit: () => void;
}

/**
 * Starts, rotates and ends runs: one operation at a time per session. A run that has ended
 * meanwhile is never touched by work that was under way for it.
 */
export class SessionRunner {
  readonly #parts: RunnerParts;
  readonly #queue = new KeyedMutex();
  readonly #starting = new Map<string, Promise<Session>>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Runs `work` when nothing else is being done with the session. */
  async exclusively<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    return await this.#queue.run(sessionId, work);
  }

  /** Cancels every start and rotation, running or waiting. `reason`: a sentence for people. */
  cancelAll(reason: string): void {
    this.#queue.cancelAll(['start', 'rotate'], reason);
  }

  /** Resolves once no operation is under way. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  /** Whether a start is under way. */
  isStarting(sessionId: string): boolean {
    return this.#starting.has(sessionId);
  }

  /** Starting an active session again changes nothing; two starts at once are one. */
  async start(sessionId: string, options: StartOptions): Promise<StartOutcome> {
    this.#parts.repository.get(sessionId);
    let starting = this.#starting.get(sessionId);
    if (starting === undefined) {
      starting = this.#cancellable(sessionId, 'start', (signal) =>
        this.#start(sessionId, options, signal),
      ).finally(() => this.#starting.delete(sessionId));
      this.#starting.set(sessionId, starting);
    }
    const wanted = options.untilLastLease === true ? starting : this.#keepOn(starting);
    return await this.#outcome(sessionId, wanted, options.callerEnvironment ?? []);
  }

  async rotate(sessionId: string, { by }: { readonly by: string }): Promise<StartOutcome> {
    this.#parts.repository.get(sessionId);
    return await this.#outcome(sessionId, this.renew(sessionId, by), []);
  }

  /** A rotation up to its end, however long a person takes. */
  async renew(sessionId: string, by: string): Promise<Session> {
    return await this.#cancellable(sessionId, 'rotate', (signal) =>
      this.#rotate(sessionId, by, signal),
    );
  }

  /**
   * Ends the run, whatever it is doing. Ending an inactive session retries what was left over.
   * `then` runs before anything else can be done with the session.
   */
  async end(
    sessionId: string,
    reason: EndReason,
    message: string,
    by: string,
    then?: () => Promise<void>,
  ): Promise<StopOutcome> {
    this.#parts.repository.get(sessionId);
    this.#queue.cancel(sessionId, ['start', 'rotate'], message);
    return await this.#queue.run(sessionId, async () => {
      const outcome = await this.#end(sessionId, reason, message, by);
      await then?.();
      return outcome;
    });
  }

  /** Ends this very run; where it has ended by then, nothing happens. */
  async endRun(
    sessionId: string,
    runId: string,
    reason: EndReason,
    message: string,
  ): Promise<void> {
    const { repository } = this.#parts;
    const isOver = () => repository.find(sessionId)?.run?.id !== runId;
    if (isOver()) return;
    this.#queue.cancel(sessionId, ['rotate'], message);
    await this.#queue.run(sessionId, async () => {
      if (!isOver()) await this.#end(sessionId, reason, message, 'stint');
    });
  }

  /** The open questions that a start of the session waits for. */
  prompts(sessionId: string): readonly Prompt[] {
    const { repository, prompts } = this.#parts;
    return openPrompts(prompts, signInsOf(repository.get(sessionId), repository.all()));
  }

  /** Whether a rotation of the session needs nobody. */
  unattended(session: Session): boolean {
    return providerFor(this.#parts.providers, session).unattended(session);
  }

  /** A stop also cancels what was asked for before it and has not begun. */
  async #cancellable(
    sessionId: string,
    name: 'start' | 'rotate',
    work: (signal: AbortSignal) => Promise<Session>,
  ): Promise<Session> {
    this.#parts.admit();
    const session = this.#parts.repository.get(sessionId);
    try {
      return await this.#queue.run(sessionId, work, { name });
    } catch (error) {
      throw error instanceof CancelledError ? cancelled(session, error.message) : error;
    }
  }

  async #start(sessionId: string, options: StartOptions, signal: AbortSignal): Promise<Session> {
    const { repository, delivery, credentials, clock, history, requireVault } = this.#parts;
    const session = repository.get(sessionId);
    if (session.status === 'active') return session;
    refuseArchived(session, clock.now());
    const provider = providerFor(this.#parts.providers, session);
    requireVault();
    if (options.unattended === true && !provider.unattended(session)) throw personNeeded(session);
    const replaceSection = options.replaceSection ?? false;
    await delivery.prepare(session, { replaceSection, supersedes: this.#conflicting(session) });
    const pending = await repository.changeRun(sessionId, (now) =>
      beginRun(now, clock.now(), options.untilLastLease),
    );
    const deadline = clock.now() + answerTime;
    try {
      const issued = await provider.obtain({
        session: pending,
        fresh: false,
        attended: options.unattended !== true,
        signal,
        deadline,
        ask: this.#ask(pending, deadline, signal),
      });
      return await delivery.withNameLock(pending, async () => {
        signal.throwIfAborted();
        const conflicting = this.#conflicting(pending);
        await credentials.keep(sessionId, issued);
        await delivery.write(pending, issued.credentials, {
          replaceSection,
          supersedes: conflicting,
        });
        for (const conflict of conflicting) await this.#supersede(conflict, pending, options.by);
        const active = await repository.changeRun(sessionId, (now) =>
          delivered(now, issued, clock.now()),
        );
        history.append({
          kind: 'session-started',
          ...named(active),
          by: options.by,
          snapshot: { ...fieldsOf(active) },
        });
        return active;
      });
    } catch (error) {
      const [reason, message] = failureOf(error, signal);
      await this.#end(sessionId, reason, message, options.by);
      throw reason === 'cancelled' ? cancelled(session, message) : error;
    }
  }

  async #keepOn(starting: Promise<Session>): Promise<Session> {
    const session = await starting;
    if (session.run?.untilLastLease !== true) return session;
    return await this.#parts.repository.changeRun(session.sessionId, keptOn);
  }

  async #rotate(sessionId: string, by: string, signal: AbortSignal): Promise<Session> {
    const { repository, delivery, credentials, clock, history, requireVault } = this.#parts;
    const session = effective(repository.get(sessionId));
    if (session.status !== 'active') {
      throw new Problem('session-not-active', {
        detail: `Session ${session.sessionName} is ${session.status}: there is nothing to rotate.`,
        next: `Start it: stint start ${sessionId}`,
        sessionId,
      });
    }
    requireVault();
    const deadline = Date.parse(session.credentialsExpireAt ?? '') || clock.now() + answerTime;
    const issued = await providerFor(this.#parts.providers, session)
      .obtain({
        session,
        fresh: true,
        signal,
        deadline,
        ask: this.#ask(session, deadline, signal),
      })
      .catch((error: unknown) => {
        const [reason, message] = failureOf(error, signal);
        throw reason === 'cancelled' ? cancelled(session, message) : error;
      });
    return await delivery.withNameLock(session, async () => {
      const current = repository.get(sessionId);
      if (signal.aborted || current.status !== 'active' || current.run?.id !== session.run?.id) {
        throw cancelled(session, 'The session ended while it was being rotated.');
      }
      await credentials.keep(sessionId, issued);
      await delivery.write(session, issued.credentials, {
        replaceSection: false,
        supersedes: [],
      });
      const renewed = await repository.changeRun(sessionId, (now) =>
        rotated(now, issued, clock.now()),
      );
      history.append({ kind: 'session-rotated', ...named(renewed), by });
      return renewed;
    });
  }

  async #end(
    sessionId: string,
    reason: EndReason,
    message: string,
    by: string,
  ): Promise<StopOutcome> {
    const { repository, delivery, credentials, clock, history, log } = this.#parts;
    const stored = repository.get(sessionId);
    const session = effective(stored);
    const running = session.status !== 'inactive';
    // The end is written first: should we die before the section is gone, the next owner takes it
    // away, while the other order would bring a stopped session back to life.
    const after = running
      ? await repository.endRun(sessionId, (now) => ended(now, reason, message, clock.now()))
      : stored;
    const leftovers = await delivery.withNameLock(session, () => delivery.remove(session));
    await credentials.drop(sessionId);
    const historyWritten =
      !running ||
      history.append({ kind: 'session-stopped', ...named(session), reason, message, by });
    if (running) log.info('session.end', { sessionId, reason });
    return {
      session: publicView(after),
      ...(session.credentialsExpireAt === undefined
        ? {}
        : { issuedUntil: session.credentialsExpireAt }),
      leftovers,
      historyWritten,
    };
  }

  /** The newer session's section already stands in the place of this one's. */
  async #supersede(conflictingId: string, by: Session, principal: string): Promise<void> {
    const { repository, credentials, clock, history } = this.#parts;
    const conflict = repository.get(conflictingId);
    if (conflict.status !== 'active') return;
    const message = `Session ${by.sessionName} was started on the same profile.`;
    this.#queue.cancel(conflictingId, ['rotate'], message);
    await repository.endRun(conflictingId, (now) => ended(now, 'superseded', message, clock.now()));
    await credentials.drop(conflictingId);
    history.append({
      kind: 'session-stopped',
      ...named(conflict),
      reason: 'superseded',
      message,
      by: principal,
    });
  }

  #conflicting(session: Session): readonly string[] {
    const { repository, delivery } = this.#parts;
    return repository
      .all()
      .map(effective)
      .filter((other) => other.status === 'active' && delivery.conflicting(session, other))
      .map(({ sessionId }) => sessionId);
  }

  #ask({ sessionId }: Session, deadline: number, signal: AbortSignal) {
    return (question: Omit<Parameters<PromptService['ask']>[0], 'sessionId' | 'deadline'>) =>
      this.#parts.prompts.ask({ ...question, sessionId, deadline }, signal);
  }

  /** What the work came to, or the questions it waits for. */
  async #outcome(
    sessionId: string,
    work: Promise<Session>,
    callerEnvironment: readonly string[],
  ): Promise<StartOutcome> {
    const { repository, prompts, delivery } = this.#parts;
    work.catch((error: unknown) => {
      this.#parts.log.warn('session.operation-failed', { sessionId, error });
    });
    const waitsFor = signInsOf(repository.get(sessionId), repository.all());
    await settledOrAsked(work, prompts, waitsFor);
    const session = repository.get(sessionId);
    return {
      session: publicView(session),
      prompts: openPrompts(prompts, waitsFor),
      findings: await delivery.inspect(effective(session), callerEnvironment),
    };
  }
}

function named(session: Session) {
  const { sessionId, sessionName, run } = session;
  return { sessionId, sessionName, ...(run === undefined ? {} : { runId: run.id }) };
}
