import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../history/history.ts';
import type { Leases } from '../leases/leases.ts';
import type { Log } from '../log/log.ts';
import type { RunEnd } from '../sessions/end.ts';
import type { Reconciliation } from '../sessions/reconcile.ts';
import { named } from '../sessions/run-context.ts';
import { internalError } from '../sessions/session-problems.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';
import { deadlinesOf, dutyOf, isWatched, type Circumstances, type Duty } from './due.ts';
import { FailedRenewals } from './failed-renewals.ts';

/** Longest time between two looks at the wall clock, in milliseconds: sleep makes timers late. */
const longestWait = 15_000;

interface Parts {
  readonly clock: Clock;
  readonly repository: SessionRepository;
  readonly runner: SessionRunner;
  readonly reconciliation: Reconciliation;
  readonly leases: Leases;
  readonly events: EventLog;
  readonly history: History;
  readonly log: Log;
}

/**
 * Does what the clock demands: renews sessions before they expire, ends those whose time is over,
 * and checks sections, leases and unwritten changes now and then. Every wake-up compares the wall
 * clock with absolute deadlines, so that sleep, clock changes and late timers cause a delay and
 * nothing else.
 */
export class Scheduler {
  readonly #parts: Parts;
  readonly #failed = new FailedRenewals();
  /** Ids of the sessions that have a deadline: few of all there are. */
  readonly #watched = new Set<string>();
  /** What is under way, by its kind and subject. */
  readonly #work = new Map<string, Promise<void>>();
  #cancelTimer = (): void => undefined;
  #unsubscribe = (): unknown => undefined;
  #isRunning = false;
  #isPlanning = false;
  #isLockLogged = false;
  #lastCheck = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isRunning = true;
    this.#unsubscribe = this.#parts.events.subscribe(({ event }) => {
      if (event.type === 'session' && this.#watch(event.session)) this.#planSoon();
      if (event.type === 'session-removed') this.#unwatch(event.sessionId);
      if (event.type === 'vault' && !event.locked) this.#isLockLogged = false;
    });
    this.tick();
  }

  /** Cancels renewals, which may wait for a person, and resolves once nothing is under way. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelTimer();
    this.#unsubscribe();
    this.#parts.runner.cancelAllRotations('Stint is shutting down.');
    await Promise.all(this.#work.values());
  }

  /** Does what is due now and plans the next wake-up. */
  tick(): void {
    const { clock, repository, leases } = this.#parts;
    const now = clock.now();
    const isCheckDue = now - this.#lastCheck >= longestWait || now < this.#lastCheck;
    if (isCheckDue) {
      this.#lastCheck = now;
      // The file may have been changed without an event.
      this.#watched.clear();
      for (const session of repository.all()) this.#watch(session);
      this.#run('flush', 'workspace', () => repository.flush());
      this.#run('sweep', 'leases', () => leases.sweep());
    }
    for (const session of this.#watchedSessions()) {
      const duty = dutyOf(session, this.#circumstances(session, now));
      if (duty !== undefined) this.#do(session, duty);
      else if (isCheckDue) this.#checkSection(session);
    }
    this.#plan();
  }

  /** Returns whether the session may have a deadline. */
  #watch(session: Session): boolean {
    const hasDeadline = isWatched(session);
    if (hasDeadline) this.#watched.add(session.sessionId);
    else this.#unwatch(session.sessionId);
    return hasDeadline;
  }

  #unwatch(sessionId: string): void {
    this.#watched.delete(sessionId);
    this.#failed.forget(sessionId);
  }

  #watchedSessions(): readonly Session[] {
    const { repository } = this.#parts;
    return [...this.#watched].flatMap((sessionId) => repository.find(sessionId) ?? []);
  }

  #circumstances(session: Session, now: number): Circumstances {
    const { leases, runner } = this.#parts;
    return {
      now,
      idleEndsAt: leases.idleEnd(session),
      failed: this.#failed.of(session),
      unattended: () => runner.unattended(session),
    };
  }

  /** Plans once, however many sessions change at a time. */
  #planSoon(): void {
    if (this.#isPlanning) return;
    this.#isPlanning = true;
    queueMicrotask(() => {
      this.#isPlanning = false;
      this.#plan();
    });
  }

  #plan(): void {
    this.#cancelTimer();
    if (!this.#isRunning) return;
    const { clock } = this.#parts;
    const now = clock.now();
    let wake = now + longestWait;
    for (const session of this.#watchedSessions()) {
      for (const deadline of deadlinesOf(session, this.#circumstances(session, now))) {
        if (deadline > now && deadline < wake) wake = deadline;
      }
    }
    this.#cancelTimer = clock.after(wake - now, () => {
      this.tick();
    });
  }

  #do(session: Session, duty: Duty): void {
    const { sessionId } = session;
    switch (duty.kind) {
      case 'archive':
        this.#run('archive', sessionId, () => this.#archive(session));
        return;
      case 'end':
        // Never waits behind a renewal, which may take as long as a person does.
        this.#run('end', sessionId, () => this.#end(sessionId, duty));
        return;
      case 'renew':
        if (!this.#isBusy(sessionId)) this.#run('renew', sessionId, () => this.#renew(session));
    }
  }

  #checkSection({ sessionId, status }: Session): void {
    if (status !== 'active' || this.#isBusy(sessionId)) return;
    // Apart from what is due, which does not wait for it.
    this.#run('restore', sessionId, () => this.#parts.reconciliation.restore(sessionId));
  }

  async #renew(session: Session): Promise<void> {
    const { runner, repository, clock, history, log } = this.#parts;
    const { sessionId, run } = session;
    try {
      await runner.rotate(sessionId, 'stint');
      this.#failed.forget(sessionId);
    } catch (error) {
      const current = repository.find(sessionId);
      if (!this.#isRunning || current?.status !== 'active' || current.run?.id !== run?.id) return;
      const failures = this.#failed.note(current, error, clock.now());
      if (!this.#logLocked(error)) log.warn('rotation.failed', { sessionId, failures, error });
      this.#planSoon();
      if (failures > 1) return;
      const message = error instanceof Problem ? error.details.detail : internalError;
      history.append({ kind: 'rotation-failed', ...named(current), message, by: 'stint' });
    }
  }

  async #end(sessionId: string, { reason, message }: Omit<RunEnd, 'by'>): Promise<void> {
    await this.#parts.runner.end(sessionId, { reason, message, by: 'stint' });
  }

  async #archive({ sessionId, status }: Session): Promise<void> {
    const { repository, clock } = this.#parts;
    if (status !== 'inactive') {
      const message = 'The validity of the session ended.';
      await this.#end(sessionId, { reason: 'valid-until', message });
    }
    await repository.changeDefinition(sessionId, (current) => {
      const now = clock.now();
      const isOver = current.validUntil !== undefined && Date.parse(current.validUntil) <= now;
      return isOver ? { ...current, archivedAt: toInstant(now) } : current;
    });
  }

  #isBusy(sessionId: string): boolean {
    return ['archive', 'end', 'renew'].some((kind) => this.#work.has(`${kind} ${sessionId}`));
  }

  /** One piece of work of a kind at a time per subject; a failure is logged. */
  #run(kind: string, subject: string, work: () => Promise<void>): void {
    const key = `${kind} ${subject}`;
    if (this.#work.has(key)) return;
    const done = work()
      .catch((error: unknown) => {
        if (this.#logLocked(error)) return;
        this.#parts.log.error('scheduler.failed', { work: kind, subject, error });
      })
      .finally(() => this.#work.delete(key));
    this.#work.set(key, done);
  }

  /** A locked vault fails work of every session again and again: it is logged once per lock. */
  #logLocked(error: unknown): boolean {
    if (!(error instanceof Problem && error.code === 'vault-locked')) return false;
    if (!this.#isLockLogged) this.#parts.log.warn('scheduler.vault-locked', { error });
    this.#isLockLogged = true;
    return true;
  }
}
