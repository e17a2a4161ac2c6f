import { lifecycle, type SessionStatus } from '../../../src/models/lifecycle.ts';
import { renewalMargin } from '../../../src/models/renewal.ts';
import type { Session } from '../../../src/models/session.ts';
import type { NewHistoryEntry } from '../../../src/models/history.ts';
import type { SimulatedClouds } from './clouds.ts';
import type { SimulatedMachine } from './machine.ts';

/** How late a look at the clock may be, in milliseconds: every 15 s, and an answer in between. */
const slack = 20_000;

/** What must never happen; each throws with what did. */
export class Observer {
  readonly #machine: SimulatedMachine;
  readonly #clouds: SimulatedClouds;
  readonly #statuses = new Map<string, SessionStatus>();
  readonly #startedRuns = new Set<string>();
  readonly #endedRuns = new Set<string>();
  readonly #begun = new Map<string, number>();
  /** The maximum of each run in seconds, with what extended it: a session without a run does not have it. */
  readonly #maximums = new Map<string, number>();
  /** True times at which Stint renewed a session by itself. */
  readonly #renewals = new Map<string, number[]>();
  readonly counts = { starts: 0, renewals: 0, expiries: 0, maximums: 0, ends: 0 };
  failure: string | undefined;

  constructor(machine: SimulatedMachine, clouds: SimulatedClouds) {
    this.#machine = machine;
    this.#clouds = clouds;
  }

  hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** The table of the life cycle has each step. */
  sawSession({ sessionId, sessionName, status, run }: Session): void {
    const before = this.#statuses.get(sessionId) ?? 'inactive';
    this.#statuses.set(sessionId, status);
    if (before === 'inactive' && status === 'pending') {
      this.#begun.set(run?.id ?? '', this.#machine.time);
    }
    const maximum = run?.limits?.maxSessionSeconds;
    if (run !== undefined && maximum !== undefined) this.#maximums.set(run.id, maximum);
    const mayFollow = before === status || Object.values(lifecycle[before]).includes(status);
    if (!mayFollow) this.#fail(`${sessionName} went from ${before} to ${status}`);
  }

  sawEntry(entry: NewHistoryEntry, session: Session | undefined): void {
    const { kind, runId = '', sessionId = '', by } = entry;
    if (kind === 'session-started') {
      this.counts.starts += 1;
      this.#startedRuns.add(runId);
    }
    if (kind === 'session-stopped' && this.#startedRuns.has(runId)) {
      this.counts.ends += 1;
      if (this.#endedRuns.has(runId)) this.#fail(`run ${runId} ended twice`);
      this.#endedRuns.add(runId);
    }
    if (kind === 'session-rotated' && by === 'stint') this.#renewed(sessionId, session);
    const isExpiry =
      kind === 'credentials-expired' || (kind === 'session-stopped' && entry.reason === 'expired');
    if (isExpiry && session !== undefined) this.#expired(session);
    if (entry.reason === 'max-duration' && session !== undefined) {
      this.counts.maximums += 1;
      this.#reachedMaximum(session, runId);
    }
  }

  /** What is delivered now can be used, and nothing else is delivered. */
  check(sessions: readonly Session[], delivered: ReadonlySet<string>, awakeSince: number): void {
    const now = this.#machine.time;
    for (const { sessionId, sessionName, status, run } of sessions) {
      const isDelivered = delivered.has(sessionId);
      if (status === 'inactive' && !isDelivered) continue;
      const due = this.#dueOf(run?.id);
      if (due !== undefined && now - Math.max(due, awakeSince) > slack) {
        this.#fail(`${sessionName} is ${status} after its maximum`);
      }
      if (status === 'inactive') this.#fail(`${sessionName} is inactive and delivered`);
      if (status === 'active' && !isDelivered) {
        this.#fail(`${sessionName} is active and not delivered`);
      }
      const { expires = Infinity } = this.#clouds.issues.get(sessionId)?.at(-1) ?? {};
      const isLong = now - Math.max(expires, awakeSince) > slack;
      if (isDelivered && isLong) this.#fail(`${sessionName} is delivered and expired`);
    }
  }

  /** Delivered credentials expired: the service was not there in the last third of the margin. */
  #expired(session: Session): void {
    this.counts.expiries += 1;
    const service = this.#clouds.serviceOf(session);
    const issue = this.#clouds.issues.get(session.sessionId)?.at(-1);
    if (issue === undefined || service.attended) return;
    if (this.#machine.time < issue.expires - 1_000) {
      this.#fail(`${session.sessionName} counted as expired before it was`);
    }
    const third = (renewalMargin(issue.lifetime) * 1000) / 3;
    if (this.#clouds.couldBeReached(service, issue.expires - third, issue.expires)) {
      this.#fail(`${session.sessionName} expired although ${service.name} could be reached`);
    }
  }

  #renewed(sessionId: string, session: Session | undefined): void {
    this.counts.renewals += 1;
    const { lifetime } = this.#clouds.issues.get(sessionId)?.at(-1) ?? { lifetime: 0 };
    const now = this.#machine.time;
    const recent = (this.#renewals.get(sessionId) ?? []).filter((at) => now - at < lifetime * 1000);
    this.#renewals.set(sessionId, [...recent, now]);
    if (recent.length >= 2) {
      this.#fail(`${session?.sessionName ?? sessionId} was renewed a third time in one lifetime`);
    }
  }

  #reachedMaximum({ sessionName }: Session, runId: string): void {
    const due = this.#dueOf(runId);
    if (due === undefined) {
      this.#fail(`${sessionName} ended at a maximum that it does not have`);
      return;
    }
    const early = due - this.#machine.time;
    if (early > 1_000) this.#fail(`${sessionName} ended ${early} ms before its maximum`);
    const awake = this.#machine.sleeps.findLast(({ from, to }) => from <= due && to > due)?.to;
    const late = this.#machine.time - Math.max(due, awake ?? 0);
    if (late > slack) this.#fail(`${sessionName} ended ${late} ms after its maximum`);
  }

  /** The true time at which a run has to end; undefined for one without a maximum. */
  #dueOf(runId = ''): number | undefined {
    const begun = this.#begun.get(runId);
    const maximum = this.#maximums.get(runId);
    return begun === undefined || maximum === undefined ? undefined : begun + maximum * 1000;
  }

  #fail(what: string): void {
    this.failure ??= `${new Date(this.#machine.time).toISOString()}: ${what}`;
  }
}
