import type { Session } from '../../models/session.ts';
import type { Operation } from '../metrics/metrics.ts';
import { CancelledError, KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { providerFor } from '../providers/providers.ts';
import { endRun, type RunEnd } from './end.ts';
import { expireRun } from './expire.ts';
import { rotateRun } from './rotate.ts';
import type { RunContext } from './run-context.ts';
import { cancelled } from './session-problems.ts';
import { startRun } from './start.ts';
import type { StartOptions, StopOutcome } from './start-outcome.ts';
import { keptOn } from './transitions.ts';

/**
 * One operation at a time per session: starts, rotations and ends, in the order they were asked
 * for. An end cancels the starts and rotations before it.
 */
export class SessionRunner {
  readonly #context: RunContext;
  readonly #operations = new KeyedMutex();
  readonly #starting = new Map<string, Promise<Session>>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  /**
   * Resolves once the session is active, however long a person takes. Starts at the same time are
   * one. Throws like `startRun`, and Problem 'not-found' and 'owner-ending'.
   */
  async start(sessionId: string, options: StartOptions): Promise<Session> {
    const starting = this.#starting.get(sessionId) ?? this.#start(sessionId, options);
    return await (options.untilLastLease === true ? starting : this.#keepOn(starting));
  }

  /** Whether a start is under way. */
  isStarting(sessionId: string): boolean {
    return this.#starting.has(sessionId);
  }

  /** Whether any operation of the session runs or waits. */
  isBusy(sessionId: string): boolean {
    return this.#operations.isBusy(sessionId);
  }

  /**
   * Resolves once the session has fresh credentials, however long a person takes. Throws like
   * `rotateRun`, and Problem 'not-found' and 'owner-ending'.
   */
  async rotate(sessionId: string, by: string): Promise<Session> {
    const operation = by === 'stint' ? 'renew' : 'rotate';
    return await this.#measured(operation, sessionId, () =>
      this.#cancellable(sessionId, 'rotate', (signal) =>
        rotateRun(this.#context, sessionId, by, signal),
      ),
    );
  }

  /** Cancels every rotation, running or waiting; the sessions keep their credentials. */
  cancelAllRotations(message: string): void {
    this.#operations.cancelAll(['rotate'], message);
  }

  /** Cancels every start and rotation, running or waiting. */
  cancelAll(message: string): void {
    this.#operations.cancelAll(['start', 'rotate'], message);
  }

  /**
   * Ends the run, whatever it is doing. Ending an inactive session retries what was left over.
   * `then` runs before anything else can be done with the session. Throws Problem 'not-found'.
   */
  async end(sessionId: string, end: RunEnd, then?: () => Promise<void>): Promise<StopOutcome> {
    this.#context.repository.get(sessionId);
    this.#operations.cancel(sessionId, ['start', 'rotate'], end.message);
    return await this.exclusively(sessionId, async () => {
      const outcome = await this.#measured('stop', sessionId, () =>
        endRun(this.#context, sessionId, end),
      );
      await then?.();
      return outcome;
    });
  }

  /** Ends this very run; nothing happens where it has already ended. */
  async endRun(sessionId: string, runId: string | undefined, end: RunEnd): Promise<void> {
    const isOver = () => {
      const session = this.#context.repository.find(sessionId);
      return session === undefined || session.run?.id !== runId;
    };
    if (isOver()) return;
    this.#operations.cancel(sessionId, ['rotate'], end.message);
    await this.exclusively(sessionId, async () => {
      if (isOver()) return;
      await this.#measured('stop', sessionId, () => endRun(this.#context, sessionId, end));
    });
  }

  /** Takes expired credentials away, like `expireRun`. Waits for no renewal, which may take long. */
  async expire(sessionId: string): Promise<void> {
    await expireRun(this.#context, sessionId);
  }

  /** Whether a rotation of the session needs nobody. */
  unattended(session: Session): boolean {
    return providerFor(this.#context.providers, session).unattended(session);
  }

  /** Runs `work` when nothing else is being done with the session. */
  async exclusively<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    return await this.#operations.run(sessionId, work);
  }

  /** Resolves once no operation is under way. */
  async idle(): Promise<void> {
    await this.#operations.idle();
  }

  #start(sessionId: string, options: StartOptions): Promise<Session> {
    // Once it has failed or was cancelled, nobody joins it any more, though its end is still being written.
    const over = () => {
      if (this.#starting.get(sessionId) === starting) this.#starting.delete(sessionId);
    };
    const starting = this.#measured('start', sessionId, () =>
      this.#cancellable(sessionId, 'start', (signal) => {
        signal.addEventListener('abort', over, { once: true });
        return startRun(this.#context, sessionId, options, signal, over);
      }),
    ).finally(over);
    this.#starting.set(sessionId, starting);
    return starting;
  }

  /** Notes how long it took and whether it failed. Throws like `work`, and Problem 'not-found'. */
  async #measured<T>(operation: Operation, sessionId: string, work: () => Promise<T>): Promise<T> {
    const { type } = this.#context.repository.get(sessionId);
    const began = performance.now();
    const note = (failure: { readonly error?: unknown }) => {
      const seconds = (performance.now() - began) / 1000;
      this.#context.metrics?.noteOperation({ operation, type, seconds, ...failure });
    };
    try {
      const done = await work();
      note({});
      return done;
    } catch (error) {
      note({ error });
      throw error;
    }
  }

  /** An operation that an end cancels, also while it waits for its turn. */
  async #cancellable(
    sessionId: string,
    name: 'start' | 'rotate',
    work: (signal: AbortSignal) => Promise<Session>,
  ): Promise<Session> {
    const session = this.#context.repository.get(sessionId);
    this.#context.admit();
    try {
      return await this.#operations.run(sessionId, work, { name });
    } catch (error) {
      throw error instanceof CancelledError ? cancelled(session, error.message) : error;
    }
  }

  /** Somebody wants the session for itself: its run no longer ends with its last lease. */
  async #keepOn(starting: Promise<Session>): Promise<Session> {
    const session = await starting;
    if (session.run?.untilLastLease !== true) return session;
    return await this.#context.repository.changeRun(session.sessionId, keptOn);
  }
}
