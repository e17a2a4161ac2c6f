import { awaitsRenewal } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import type { RunEnd } from '../sessions/end.ts';
import { deadlinesOf, dutyOf, isWatched, type Circumstances, type Duty } from './due.ts';
import { Interruptions } from './interruptions.ts';
import { RenewalSlots } from './renewal-slots.ts';
import { Renewals } from './renewals.ts';
import { archive, byUrgency, showByMachine, warnOfEnd } from './run-changes.ts';
import type { SchedulerParts } from './scheduler-parts.ts';
import { WorkUnderWay } from './work-under-way.ts';

/** Longest time between two looks at the clocks, in milliseconds: sleep makes timers late. */
const longestWait = 15_000;

type InView = readonly (readonly [Session, Circumstances])[];

/** Time between two attempts to remove what a stop left behind, in milliseconds. */
const leftoversEvery = 60_000;

/**
 * Does what the clocks demand: renews sessions before they expire, ends those whose time is over,
 * and checks sections, leases, leftovers and unwritten changes now and then. Every wake-up compares both
 * clocks with absolute deadlines, so that sleep, clock changes and late timers cause a delay and
 * nothing else.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #work: WorkUnderWay;
  readonly #renewals: Renewals;
  readonly #slots = new RenewalSlots();
  readonly #interruptions: Interruptions;
  /** Ids of the sessions that have a deadline: few of all there are. */
  readonly #watched = new Set<string>();
  #cancelTimer = (): void => undefined;
  #unsubscribe = (): unknown => undefined;
  #isRunning = false;
  /** When the timer fires, by elapsed time. */
  #wakeAt = Infinity;
  /** Ids of the sessions that changed since the last plan. */
  readonly #changed = new Set<string>();
  #lastCheck = -Infinity;
  #lastRemoval = -Infinity;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#work = new WorkUnderWay(parts.log);
    this.#interruptions = new Interruptions(parts.elapsed, parts.network);
    this.#renewals = new Renewals({
      ...parts,
      logLocked: (error) => this.#work.logLocked(error),
    });
  }

  start(): void {
    this.#isRunning = true;
    this.#unsubscribe = this.#parts.events.subscribe(({ event }) => {
      if (event.type === 'session' && this.#watch(event.session)) {
        this.#planSoon(event.session.sessionId);
      }
      if (event.type === 'session-removed') this.#unwatch(event.sessionId);
      if (event.type === 'vault' && !event.locked) this.#work.noteUnlocked();
    });
    this.tick();
  }

  /** Cancels renewals, which may wait for a person, and resolves once nothing is under way. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#renewals.stop();
    this.#cancelTimer();
    this.#unsubscribe();
    this.#parts.runner.cancelAllRotations('Stint is shutting down.');
    await this.#work.allDone();
  }

  /** Resolves once nothing is under way. `renewals: false` does not wait for those, which may wait for a person. */
  async idle({ renewals = true } = {}): Promise<void> {
    await this.#work.noneLeft((kind) => renewals || kind !== 'renew');
  }

  /** Does what is due now and plans the next wake-up. */
  tick(): void {
    const now = this.#parts.elapsed.now();
    const isCheckDue = now - this.#lastCheck >= longestWait;
    if (isCheckDue) this.#check(now);
    this.#notice();
    const due: Session[] = [];
    const inView = this.#inView(now);
    for (const [session, circumstances] of inView) {
      const duty = dutyOf(session, circumstances);
      if (duty?.kind === 'renew') due.push(session);
      else if (duty !== undefined) this.#do(session, duty);
      else if (isCheckDue) this.#checkSection(session);
    }
    for (const session of due.toSorted(byUrgency)) this.#do(session, { kind: 'renew' });
    this.#plan(now, inView);
  }

  /** Checks now whether what active sessions delivered is still there. Never rejects. */
  async checkSections(sessionIds: readonly string[]): Promise<void> {
    await Promise.all(
      sessionIds.map(async (id) => {
        // One that has begun may have read the file before it changed.
        await this.#work.done('restore', id);
        const session = this.#parts.repository.find(id);
        if (this.#isRunning && session !== undefined) this.#checkSection(session);
        await this.#work.done('restore', id);
      }),
    );
  }

  #check(now: number): void {
    const { repository, leases, elapsed, keyRotations, reconciliation } = this.#parts;
    this.#lastCheck = now;
    // The file may have been changed without an event.
    const before = new Set(this.#watched);
    this.#watched.clear();
    for (const session of repository.all())
      if (isWatched(session)) this.#watched.add(session.sessionId);
    for (const sessionId of before) if (!this.#watched.has(sessionId)) this.#unwatch(sessionId);
    this.#work.run('resume', 'access keys', () => keyRotations.resume());
    this.#work.run('flush', 'workspace', () => repository.flush());
    this.#work.run('read', 'workspace', () => repository.refresh());
    this.#work.run('sweep', 'leases', () => leases.sweep());
    this.#work.run('keep', 'elapsed time', async () => {
      await elapsed.keep?.();
    });
    if (now - this.#lastRemoval < leftoversEvery) return;
    this.#lastRemoval = now;
    this.#work.run('purge', 'archived sessions', () => this.#parts.purge());
    // An attempt that takes longer than a minute, on a slow disk, must not cost the next one.
    this.#work.runAgain('remove', 'leftovers', () => reconciliation.removeLeftovers());
  }

  /** What happened to the machine since the last check. */
  #notice(): void {
    const { log } = this.#parts;
    const { slept, clockSetTo, isNetworkOther } = this.#interruptions.sinceLastCheck(longestWait);
    if (slept !== undefined) log.info('machine.slept', { seconds: Math.round(slept / 1000) });
    if (slept !== undefined || isNetworkOther) this.#renewals.hurry();
    if (clockSetTo === undefined) return;
    log.warn('machine.clock-set', { secondsAhead: Math.round(clockSetTo / 1000) });
    for (const session of this.#watchedSessions()) {
      if (session.status === 'inactive') continue;
      this.#work.run('show', session.sessionId, () => showByMachine(this.#parts, session));
    }
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
    this.#renewals.forget(sessionId);
  }

  #watchedSessions(): readonly Session[] {
    const { repository } = this.#parts;
    return [...this.#watched].flatMap((sessionId) => repository.find(sessionId) ?? []);
  }

  /** The sessions, usually all that have a deadline, and what their rules depend on. */
  #inView(now: number, sessions = this.#watchedSessions()): InView {
    const { elapsed, leases, runner, settings, timeOf } = this.#parts;
    const { limitWarningMinutes, renewAfterExpiryHours } = settings();
    const forAll = {
      now,
      machineAhead: -(elapsed.offset ?? 0),
      limitWarning: limitWarningMinutes * 60_000,
      renewAfterExpiry: renewAfterExpiryHours * 3_600_000,
    };
    return sessions.map((session) => [
      session,
      {
        ...forAll,
        clockOffset: timeOf?.(session).measured,
        idleEndsAt: leases.idleEnd(session),
        failed: this.#renewals.failedOf(session),
        unattended: () => runner.unattended(session),
      },
    ]);
  }

  /**
   * Wakes up earlier where the changed session needs it: the others have not changed. One that needs it
   * later now costs a check at the time that was planned before.
   */
  #planSoon(sessionId: string): void {
    this.#changed.add(sessionId);
    if (this.#changed.size > 1) return;
    queueMicrotask(() => {
      const changed = [...this.#changed].flatMap((id) => this.#parts.repository.find(id) ?? []);
      this.#changed.clear();
      const now = this.#parts.elapsed.now();
      const wakeAt = earliest(now, this.#inView(now, changed));
      if (wakeAt < this.#wakeAt) this.#wake(wakeAt, now);
    });
  }

  #plan(now: number, inView: InView): void {
    this.#wake(earliest(now, inView), now);
  }

  #wake(at: number, now: number): void {
    this.#cancelTimer();
    if (!this.#isRunning) return;
    this.#wakeAt = at;
    this.#cancelTimer = this.#parts.elapsed.after(at - now, () => {
      this.tick();
    });
  }

  #do(session: Session, duty: Duty): void {
    const { sessionId } = session;
    switch (duty.kind) {
      case 'archive':
        this.#work.run('archive', sessionId, () => archive(this.#parts, session));
        return;
      case 'end':
        // Never waits behind a renewal, which may take as long as a person does.
        this.#work.run('end', sessionId, () => this.#end(sessionId, duty));
        return;
      case 'warn':
        this.#work.run('warn', sessionId, async () => {
          await warnOfEnd(this.#parts, session);
          this.#lookAgain();
        });
        return;
      case 'expire':
        // Waits for no renewal either; the next look finds the session pending.
        this.#work.run('expire', sessionId, () => this.#expire(session));
        return;
      case 'renew':
        if (!this.#isBusy(sessionId)) this.#renew(session);
    }
  }

  #renew(session: Session): void {
    const { sessionId } = session;
    const renew = async () => {
      await this.#renewals.renew(session);
      this.#planSoon(sessionId);
    };
    // A person takes long, and the questions of one sign-in are one.
    const isAttended = !this.#parts.runner.unattended(session);
    const work = isAttended ? renew : this.#slots.take(session, renew);
    if (work === undefined) return;
    this.#work.run('renew', sessionId, async () => {
      await work();
      if (this.#slots.wasWanted()) this.#lookAgain();
    });
  }

  #checkSection(session: Session): void {
    const { sessionId, status } = session;
    if (awaitsRenewal(session) && this.#parts.reconciliation.leftOf(sessionId)) {
      this.#work.run('expire', sessionId, () => this.#expire(session));
    }
    if (status !== 'active' || this.#isBusy(sessionId)) return;
    // Apart from what is due, which does not wait for it.
    this.#work.run('restore', sessionId, () => this.#parts.reconciliation.restore(sessionId));
  }

  async #expire({ sessionId }: Session): Promise<void> {
    await this.#parts.runner.expire(sessionId);
    this.#lookAgain();
  }

  async #end(sessionId: string, { reason, message }: Omit<RunEnd, 'by'>): Promise<void> {
    await this.#parts.runner.end(sessionId, { reason, message, by: 'stint' });
  }

  #lookAgain(): void {
    if (this.#isRunning) this.tick();
  }

  #isBusy(sessionId: string): boolean {
    return this.#work.has(['archive', 'end', 'renew'], sessionId);
  }
}

/** When the first of the sessions needs something, or the next check. */
function earliest(now: number, inView: InView): number {
  let wake = now + longestWait;
  for (const [session, circumstances] of inView) {
    for (const deadline of deadlinesOf(session, circumstances)) {
      if (deadline > now && deadline < wake) wake = deadline;
    }
  }
  return wake;
}
