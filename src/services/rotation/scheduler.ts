import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../history/history.ts';
import type { Leases } from '../leases/leases.ts';
import type { Log } from '../log/log.ts';
import type { Reconciliation } from '../sessions/reconcile.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';
import { retryDelay } from './retry-delay.ts';

/** Longest time between two looks at the wall clock, in milliseconds: sleep makes timers late. */
const longestWait = 15_000;

/** How long an expired session may wait for a network that is coming back, in milliseconds. */
const graceAfterExpiry = 120_000;

/** What is known of a run's failed renewals. */
interface Renewal {
  readonly runId: string;
  readonly failures: number;
  /** Milliseconds since the epoch; Infinity once a person has declined. */
  readonly notBefore: number;
  readonly failingSince: number;
}

/**
 * Renews active sessions before they expire and ends them when their time is up. Every wake-up
 * looks at the wall clock and at absolute deadlines, so that sleep, clock changes and late timers
 * cost nothing but the delay.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #repository: SessionRepository;
  readonly #runner: SessionRunner;
  readonly #recovery: Reconciliation;
  readonly #leases: Leases;
  readonly #events: EventLog;
  readonly #history: History;
  readonly #log: Log;
  readonly #renewals = new Map<string, Renewal>();
  readonly #busy = new Map<string, Promise<void>>();
  #cancelTimer = (): void => undefined;
  #unsubscribe = (): unknown => undefined;
  #running = false;
  #lastCheck = 0;

  constructor(parts: {
    readonly clock: Clock;
    readonly repository: SessionRepository;
    readonly runner: SessionRunner;
    readonly recovery: Reconciliation;
    readonly leases: Leases;
    readonly events: EventLog;
    readonly history: History;
    readonly log: Log;
  }) {
    this.#clock = parts.clock;
    this.#repository = parts.repository;
    this.#runner = parts.runner;
    this.#recovery = parts.recovery;
    this.#leases = parts.leases;
    this.#events = parts.events;
    this.#history = parts.history;
    this.#log = parts.log;
  }

  start(): void {
    this.#running = true;
    this.#unsubscribe = this.#events.subscribe(({ event }) => {
      if (event.type === 'session') this.#plan();
    });
    this.tick();
  }

  /** Resolves once nothing that was under way goes on. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelTimer();
    this.#unsubscribe();
    await Promise.all(this.#busy.values());
  }

  /** Does what is due now and plans the next look. */
  tick(): void {
    const now = this.#clock.now();
    const checkSections = now - this.#lastCheck >= longestWait || now < this.#lastCheck;
    if (checkSections) this.#lastCheck = now;
    for (const session of this.#repository.all()) {
      const { sessionId } = session;
      const work = this.#due(session, now);
      if (work !== undefined) this.#run(sessionId, work);
      else if (checkSections) this.#checkSection(session);
    }
    if (checkSections) {
      this.#run('workspace', async () => {
        await this.#repository.flush();
      });
      if (!this.#busy.has('leases')) this.#run('leases', () => this.#leases.sweep());
    }
    this.#plan();
  }

  #plan(): void {
    if (!this.#running) return;
    this.#cancelTimer();
    const now = this.#clock.now();
    let wake = now + longestWait;
    for (const session of this.#repository.all()) {
      for (const deadline of this.#deadlines(session)) {
        if (deadline > now && deadline < wake) wake = deadline;
      }
    }
    this.#cancelTimer = this.#clock.after(wake - now, () => {
      this.tick();
    });
  }

  #deadlines(session: Session): readonly number[] {
    const others = [
      this.#renewals.get(session.sessionId)?.notBefore,
      this.#leases.idleEnd(session),
    ].filter((deadline) => deadline !== undefined);
    return [
      session.renewAt,
      session.credentialsExpireAt,
      session.run?.endsAt,
      session.archivedAt === undefined ? session.validUntil : undefined,
    ]
      .filter((instant) => instant !== undefined)
      .map((instant) => Date.parse(instant))
      .concat(others);
  }

  /** What a session needs now, if anything. */
  #due(session: Session, now: number): (() => Promise<void>) | undefined {
    const past = (instant: string | undefined) =>
      instant !== undefined && Date.parse(instant) <= now;
    const { run, sessionId, validUntil } = session;
    if (past(validUntil) && session.archivedAt === undefined) return () => this.#archive(session);
    if (session.status === 'inactive') return undefined;
    if (past(run?.endsAt)) {
      return () => this.#end(session, 'max-duration', 'The longest time set for a run is over.');
    }
    if (session.status !== 'active') return undefined;
    if ((this.#leases.idleEnd(session) ?? Infinity) <= now) {
      return () => this.#end(session, 'idle', 'Nothing had asked for its credentials for so long.');
    }
    const expired = past(session.credentialsExpireAt);
    if (expired && !this.#mayStillRenew(session, now)) {
      return () => this.#end(session, 'expired', 'Its credentials could not be renewed in time.');
    }
    const renewal = this.#renewalOf(session);
    const renewable = past(session.renewAt) && (renewal?.notBefore ?? 0) <= now;
    if (!renewable || this.#busy.has(sessionId)) return undefined;
    return () => this.#renew(session);
  }

  /** Kept apart from what is due, which must not wait for it. */
  #checkSection({ sessionId, status }: Session): void {
    const key = `section of ${sessionId}`;
    if (status !== 'active' || this.#busy.has(sessionId) || this.#busy.has(key)) return;
    this.#run(key, () => this.#recovery.restore(sessionId));
  }

  /** An expired session waits a moment for the network, as after sleep; never for a person. */
  #mayStillRenew(session: Session, now: number): boolean {
    if (!this.#runner.unattended(session)) return false;
    const renewal = this.#renewalOf(session);
    return renewal === undefined || now - renewal.failingSince < graceAfterExpiry;
  }

  async #renew(session: Session): Promise<void> {
    const { sessionId, sessionName, run } = session;
    try {
      await this.#runner.rotate(sessionId, 'stint');
      this.#renewals.delete(sessionId);
    } catch (error) {
      const current = this.#repository.find(sessionId);
      if (current?.status !== 'active' || current.run?.id !== run?.id) return;
      const before = this.#renewalOf(session);
      const now = this.#clock.now();
      const failures = (before?.failures ?? 0) + 1;
      this.#renewals.set(sessionId, {
        runId: run?.id ?? '',
        failures,
        failingSince: before?.failingSince ?? now,
        notBefore: this.#declined(error) ? Number.POSITIVE_INFINITY : now + retryDelay(failures),
      });
      const message = error instanceof Problem ? error.details.detail : 'Stint made a mistake.';
      this.#log.warn('rotation.failed', { sessionId, failures, error });
      if (failures === 1) {
        this.#history.append({
          kind: 'rotation-failed',
          sessionId,
          sessionName,
          message,
          by: 'stint',
        });
      }
    }
  }

  /** Nobody is asked again for the same renewal once a question was cancelled or ran out. */
  #declined(error: unknown): boolean {
    return error instanceof Problem && ['session-ended', 'prompt-expired'].includes(error.code);
  }

  async #end(
    { sessionId }: Session,
    reason: 'max-duration' | 'idle' | 'expired' | 'valid-until',
    message: string,
  ): Promise<void> {
    await this.#runner.end(sessionId, { reason, message, by: 'stint' });
    this.#renewals.delete(sessionId);
  }

  async #archive(session: Session): Promise<void> {
    const { sessionId } = session;
    if (session.status !== 'inactive') {
      await this.#end(session, 'valid-until', 'The session was valid until now.');
    }
    await this.#repository.changeDefinition(sessionId, (current) => {
      const now = this.#clock.now();
      const over = current.validUntil !== undefined && Date.parse(current.validUntil) <= now;
      return over ? { ...current, archivedAt: toInstant(now) } : current;
    });
  }

  #renewalOf(session: Session): Renewal | undefined {
    const renewal = this.#renewals.get(session.sessionId);
    return renewal?.runId === session.run?.id ? renewal : undefined;
  }

  /** At most one piece of work per session, except that an end never waits behind a renewal. */
  #run(key: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        this.#log.error('scheduler.failed', { work: key, error });
      })
      .finally(() => {
        if (this.#busy.get(key) === done) this.#busy.delete(key);
      });
    this.#busy.set(key, done);
  }
}
