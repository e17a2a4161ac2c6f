import { isUnderWay } from '../../models/run-state.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../history/history.ts';
import type { NarrowedCredentials } from '../sessions/narrowed-credentials.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import { effective } from '../sessions/session-record.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';
import type { AzureConfigFolders } from './azure-config-folders.ts';
import type { LeaseRepository } from './lease-repository.ts';
import { shownAfterClose } from './lease-database.ts';
import type { LeaseFiles } from './lease-files.ts';
import { endOfLeases } from './lease-limits.ts';
import { isOpen, leaseWords, type LeaseRecord } from './lease-record.ts';
import { isRunning } from './process-identity.ts';

export interface LeaseParts {
  readonly records: LeaseRepository;
  readonly files: LeaseFiles;
  readonly azureFolders: AzureConfigFolders;
  readonly repository: SessionRepository;
  readonly narrowed: Pick<NarrowedCredentials, 'get'>;
  readonly runner: Pick<SessionRunner, 'endRun'>;
  readonly events: EventLog;
  readonly history: Pick<History, 'append'>;
  /** The machine's, for instants that people read. */
  readonly clock: Pick<Clock, 'now'>;
  readonly elapsed: Pick<Clock, 'now'>;
}

/** How long the void token of a lease stays, so that its program can learn why, in milliseconds. */
const keptFor = 24 * 3_600_000;

/** Closes leases, for whatever reason, and ends the runs that end with their last one. */
export class LeaseEnds {
  readonly #parts: LeaseParts;
  /** Runs that are ending with their last lease: no lease may be opened for them. */
  readonly #ending = new Set<string>();
  /** Leases whose holders have closed them, also after the run had ended. */
  readonly #released = new Set<string>();
  readonly #unsubscribe: () => unknown;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#unsubscribe = parts.events.subscribe(({ event }) => {
      if (event.type === 'session') {
        this.#closeEnded(event.session.sessionId);
        this.#followInFolder(event.session.sessionId);
      }
      if (event.type === 'session-removed') {
        this.#closeEnded(event.sessionId);
        void parts.azureFolders.remove(event.sessionId);
      }
    });
  }

  /** Whether the run is ending with its last lease. */
  isEnding(runId: string): boolean {
    return this.#ending.has(runId);
  }

  /** Resolves once the run has ended, if it ends with this lease. */
  async close(lease: LeaseRecord, by: string): Promise<void> {
    this.#released.add(lease.leaseId);
    if (isOpen(lease)) {
      this.#close(lease, 'closed', by);
      this.#parts.records.flush();
      await this.#endIfDone(lease.sessionId);
    }
    await this.#removeFiles();
  }

  /** Closes leases that nobody holds any more, and ends the runs that end with their last lease. */
  async sweep(): Promise<void> {
    const { records, repository, clock, elapsed } = this.#parts;
    for (const { leaseId, sessionId } of records.all().filter(isOpen)) {
      this.#closeEnded(sessionId);
      const lease = records.find(leaseId);
      if (lease === undefined || !isOpen(lease)) continue;
      if (!mayHoldOn(lease)) this.#close(lease, 'process-gone', 'stint');
      else if (isExpired(lease, elapsed.now())) this.#close(lease, 'expired', 'stint');
    }
    records.flush();
    records.forget(clock.now(), shownAfterClose);
    for (const session of repository.all()) {
      if (isUnderWay(session)) await this.#endIfDone(session.sessionId);
    }
    await this.#removeFiles();
  }

  /**
   * Closes the open leases whose programs were given another port than `port`: what listens at
   * theirs by now gets their tokens, so these are void. `before`: the port that those of earlier
   * versions were given. Returns those whose programs may still run.
   */
  closeUnreachable(port: number | undefined, before: number | undefined): readonly LeaseRecord[] {
    const { records } = this.#parts;
    const lost = records
      .all()
      // Those who read the keys ask at the socket.
      .filter(({ expiresAt, bySocket }) => expiresAt === undefined && bySocket !== true)
      .filter((lease) => isOpen(lease) && (lease.port ?? before) !== port);
    const held = lost.filter(mayHoldOn);
    for (const lease of lost) {
      this.#close(lease, held.includes(lease) ? 'address-lost' : 'process-gone', 'stint');
    }
    records.flush();
    return held;
  }

  /** Stops following the ends of runs. */
  shut(): void {
    this.#unsubscribe();
  }

  note(
    kind: 'lease-opened' | 'lease-closed' | 'credentials-read',
    lease: LeaseRecord,
    by: string,
  ): void {
    const { sessionId, runId } = lease;
    const sessionName = this.#parts.repository.find(sessionId)?.sessionName;
    this.#parts.history.append({
      kind,
      sessionId,
      ...(sessionName === undefined ? {} : { sessionName }),
      runId,
      message: leaseWords(lease),
      by,
    });
  }

  #close(lease: LeaseRecord, reason: string, by: string): void {
    const { records, clock } = this.#parts;
    const closed = { ...lease, closedAt: clock.now(), reason };
    records.change(closed);
    this.note('lease-closed', closed, by);
  }

  /** Leases last no longer than their run. */
  #closeEnded(sessionId: string): void {
    const { records, repository } = this.#parts;
    const session = repository.find(sessionId);
    const runId = session?.status === 'inactive' ? undefined : session?.run?.id;
    const ended = records
      .ofSession(sessionId)
      .filter((lease) => isOpen(lease) && lease.runId !== runId);
    if (ended.length === 0) return;
    const reason = session === undefined ? 'removed' : (session.lastEnd?.reason ?? 'stopped');
    for (const lease of ended) this.#close(lease, reason, 'stint');
    records.flush();
    void this.#removeFiles();
  }

  /** The Azure CLI reads the tokens of its folder as long as they are there. */
  #followInFolder(sessionId: string): void {
    const { repository, azureFolders } = this.#parts;
    const session = repository.find(sessionId);
    if (session?.type === 'azure') void azureFolders.follow(effective(session) as typeof session);
  }

  async #endIfDone(sessionId: string): Promise<void> {
    const { records, repository, runner, elapsed } = this.#parts;
    const stored = repository.find(sessionId);
    if (stored?.run === undefined || !isUnderWay(stored)) return;
    const runId = stored.run.id;
    const own = records.ofSession(sessionId).filter((lease) => lease.runId === runId);
    const end = endOfLeases(effective(stored), own, elapsed.now());
    if (end === undefined || this.#ending.has(runId)) return;
    this.#ending.add(runId);
    try {
      await runner.endRun(sessionId, runId, { ...end, by: 'stint' });
    } finally {
      this.#ending.delete(runId);
    }
  }

  /** Removes the files that no program can come to read any more. Never throws. */
  async #removeFiles(): Promise<void> {
    const { records, files, azureFolders, clock } = this.#parts;
    const isNeeded = (lease: LeaseRecord) =>
      !this.#released.has(lease.leaseId) && needsFiles(lease, clock.now());
    await files.keepOnly((leaseId) => {
      const lease = records.find(leaseId);
      return lease !== undefined && isNeeded(lease);
    });
    await azureFolders.keepOnly((sessionId) => records.ofSession(sessionId).some(isNeeded));
  }
}

function isExpired({ expiresAt }: LeaseRecord, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** Whether the process that opened it may still be running. */
function mayHoldOn({ pid, pidStart }: LeaseRecord): boolean {
  return pid === undefined || isRunning({ pid, pidStart });
}

/**
 * A program whose run ended should learn that from the endpoint, not find a file missing: its token,
 * which opens nothing any more, stays as long as the program may be there.
 */
function needsFiles(lease: LeaseRecord, now: number): boolean {
  if (lease.expiresAt !== undefined) return false;
  if (lease.closedAt === undefined) return true;
  if (lease.reason === 'closed' || lease.reason === 'process-gone') return false;
  return lease.pid === undefined ? now - lease.closedAt < keptFor : mayHoldOn(lease);
}
