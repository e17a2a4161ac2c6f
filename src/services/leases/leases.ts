import { randomUUID } from 'node:crypto';
import type { Lease, LeaseKind } from '../../models/lease.ts';
import { Problem } from '../../models/problem.ts';
import { isAwsSession, type Session } from '../../models/session.ts';
import { narrowingFor, type NarrowingRequest } from '../sessions/narrowing-rules.ts';
import { serviceTime } from '../sessions/run-clock.ts';
import { effective } from '../sessions/session-record.ts';
import { LeaseAddresses } from './lease-addresses.ts';
import { LeaseEnds, type LeaseParts } from './lease-ends.ts';
import { leaseFolders, type LeaseFolder } from './lease-folders.ts';
import { idleEnd, refuseUsedUp } from './lease-limits.ts';
import { isOpen, toLease, type LeaseRecord } from './lease-record.ts';
import { isSameHash, leaseTokenHash, makeLeaseToken } from './lease-token.ts';
import { identify } from './process-identity.ts';
import { readerProcess } from './reader-process.ts';

export interface LeaseRequest extends NarrowingRequest {
  readonly kind: LeaseKind;
  readonly process?: string | undefined;
  /** The process whose end closes it; used for the kind `exec` only. */
  readonly pid?: number | undefined;
  /** The loopback port that its program is given. */
  readonly port?: number | undefined;
  /** Its program asks over the socket. */
  readonly bySocket?: boolean | undefined;
  /** Its program reads the token from its file at each use. */
  readonly tokenInFile?: boolean | undefined;
  /** Other users of this machine whose programs may use it. */
  readonly allowedUids?: readonly number[] | undefined;
  readonly by: string;
}

export interface OpenedLease {
  readonly lease: Lease;
  /** Shown this once. */
  readonly token: string;
  readonly tokenFile: string;
  /** AZURE_CONFIG_DIR for programs that run with the lease. */
  readonly azureConfigDir?: string;
}

/** Somebody who reads the keys themselves. */
export interface Reading {
  readonly kind: 'credential-process' | 'static';
  /** The process that runs the command which reads; undefined where it is unknown. */
  readonly pid?: number | undefined;
  /** The reader's name, where the process does not say it. */
  readonly process?: string | undefined;
  /** When what it is given expires, in milliseconds since the epoch by the clock of the service. */
  readonly expiresAt: number;
  readonly by: string;
}

const mostListed = 500;

/** The consumers of running sessions that Stint can see (DESIGN §3). */
export class Leases {
  readonly addresses: LeaseAddresses;
  readonly #parts: LeaseParts;
  readonly #ends: LeaseEnds;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#ends = new LeaseEnds(parts);
    this.addresses = new LeaseAddresses(parts, this.#ends);
  }

  /**
   * Throws Problem 'not-found', 'invalid-request', 'session-not-active', 'leases-used-up', 'file-unwritable', and
   * what `NarrowedCredentials` throws.
   */
  async open(sessionId: string, request: LeaseRequest): Promise<OpenedLease> {
    const { kind, process, pid, bySocket, tokenInFile, allowedUids, by } = request;
    const port = bySocket === true ? undefined : request.port;
    const { files, azureFolders, narrowed, repository } = this.#parts;
    // Said before anything starts, so also of a session that is not active.
    const narrowing = narrowingFor(effective(repository.get(sessionId)), request, (id) =>
      repository.find(id),
    );
    const session = this.#activeSession(sessionId);
    const token = makeLeaseToken();
    const lease = this.#openOn(session, by, {
      kind,
      process,
      ...(pid === undefined || kind !== 'exec' ? {} : identify(pid)),
      tokenHash: leaseTokenHash(token),
      port,
      bySocket,
      tokenInFile,
      allowedUids,
      narrowing,
      uses: 0,
    });
    try {
      if (narrowing !== undefined && isAwsSession(session)) await narrowed.get(session, narrowing);
      const tokenFile = await files.writeToken(lease.leaseId, token);
      const azureConfigDir =
        session.type === 'azure' ? await azureFolders.prepare(session) : undefined;
      return {
        lease: toLease(lease),
        token,
        tokenFile,
        ...(azureConfigDir === undefined ? {} : { azureConfigDir }),
      };
    } catch (error) {
      await this.close(lease.leaseId, by);
      throw error;
    }
  }

  /**
   * A lease for one answer alone: counted, limited and in the history like any other, closed when
   * `answer` is done. Throws like `open`, and what `answer` throws.
   */
  async during<T>(
    sessionId: string,
    { kind, by }: Pick<LeaseRequest, 'kind' | 'by'>,
    answer: () => Promise<T>,
  ): Promise<T> {
    const tokenHash = leaseTokenHash(makeLeaseToken());
    const { leaseId } = this.#openOn(this.#activeSession(sessionId), by, {
      kind,
      tokenHash,
      uses: 0,
    });
    try {
      const result = await answer();
      this.noteUse(leaseId);
      return result;
    } finally {
      await this.close(leaseId, by);
    }
  }

  /** Newest first, of earlier runs too, 500 at most. Throws Problem 'not-found'. */
  list(sessionId: string): readonly Lease[] {
    this.#parts.repository.get(sessionId);
    return this.#parts.records.ofSession(sessionId).toReversed().slice(0, mostListed).map(toLease);
  }

  /** Open or closed; undefined if there is no such lease. */
  find(leaseId: string): LeaseRecord | undefined {
    return this.#parts.records.find(leaseId);
  }

  /**
   * Idempotent. Resolves once the run has ended, if it ends with this lease. Throws Problem
   * 'not-found'.
   */
  async close(leaseId: string, by: string): Promise<Lease> {
    const { records } = this.#parts;
    const lease = records.find(leaseId);
    if (lease === undefined) {
      throw new Problem('not-found', {
        detail: `There is no lease ${leaseId}.`,
        next: 'List the leases of a session: GET /v1/sessions/{id}/leases',
      });
    }
    await this.#ends.close(lease, by);
    return toLease(records.find(leaseId) ?? lease);
  }

  /** The lease, of that session if given, that `token` belongs to, open or closed; or undefined. */
  holder(token: string, sessionId?: string): LeaseRecord | undefined {
    const { records } = this.#parts;
    const hash = leaseTokenHash(token);
    const leases = sessionId === undefined ? records.all() : records.ofSession(sessionId);
    return leases.find(({ tokenHash }) => isSameHash(tokenHash, hash));
  }

  /** Notes that its holder was given credentials. */
  noteUse(leaseId: string): void {
    const { records } = this.#parts;
    const lease = records.find(leaseId);
    if (lease === undefined) return;
    records.change({ ...lease, ...this.#usedNow(), uses: lease.uses + 1 });
    // Not one entry for each answer: an SDK asks again every few minutes.
    if (lease.uses === 0) this.#ends.note('credentials-read', lease, 'lease');
  }

  /**
   * Notes that somebody reads the keys themselves, before they are given: one lease for each process,
   * until what it was given expires or the process ends; one for all whose process is unknown. Throws
   * Problem 'not-found', 'session-not-active', 'leases-used-up', 'file-unwritable'.
   */
  noteReading(sessionId: string, { kind, by, ...reading }: Reading): void {
    const { records, elapsed } = this.#parts;
    const session = this.#activeSession(sessionId);
    const now = elapsed.now();
    const expiresAt = reading.expiresAt - (serviceTime(session, now) - now);
    const { pid, process, pidStart } = {
      pidStart: undefined,
      ...reading,
      ...(reading.pid === undefined ? {} : readerProcess(reading.pid)),
    };
    const known = this.#ofRun(session).find(
      (lease) =>
        isOpen(lease) &&
        lease.expiresAt !== undefined &&
        lease.expiresAt > now &&
        lease.kind === kind &&
        lease.pid === pid &&
        lease.pidStart === pidStart &&
        lease.process === process,
    );
    if (known !== undefined) {
      records.change({
        ...known,
        expiresAt: Math.max(known.expiresAt ?? 0, expiresAt),
        ...this.#usedNow(),
        uses: known.uses + 1,
      });
      return;
    }
    // Nobody has the token: what is read is given at once.
    const tokenHash = leaseTokenHash(makeLeaseToken());
    this.#openOn(session, by, { kind, process, pid, pidStart, tokenHash, expiresAt, uses: 1 });
  }

  /** Whether what was issued to a session has expired, by the clock of the service. */
  hasExpired(sessionId: string, expiration: string): boolean {
    const { repository, elapsed } = this.#parts;
    const session = repository.find(sessionId);
    const now = elapsed.now();
    return Date.parse(expiration) <= (session === undefined ? now : serviceTime(session, now));
  }

  /** Whole seconds from now to an instant in milliseconds of elapsed time; 0 if it is past. */
  secondsUntil(instant: number): number {
    return Math.max(0, Math.floor((instant - this.#parts.elapsed.now()) / 1000));
  }

  /** When the run ends as idle, in milliseconds of elapsed time; undefined without such a limit. */
  idleEnd(session: Session): number | undefined {
    return idleEnd(session, this.#parts.records.lastUse(session.run?.id ?? ''));
  }

  /** The folders that programs with leases were given. */
  async folders(): Promise<readonly LeaseFolder[]> {
    return await leaseFolders(this.#parts);
  }

  /** The kind of each open lease. */
  openKinds(): readonly LeaseKind[] {
    return this.#parts.records
      .all()
      .filter(isOpen)
      .map(({ kind }) => kind);
  }

  /** Closes leases that nobody holds any more, and ends the runs that end with their last lease. */
  async sweep(): Promise<void> {
    await this.#ends.sweep();
  }

  /** The last thing an owner does with them; open ones continue with the next owner. */
  shut(): void {
    this.#ends.shut();
    this.#parts.records.close();
  }

  /** Throws Problem 'not-found', 'session-not-active'. */
  #activeSession(sessionId: string): Session {
    const session = effective(this.#parts.repository.get(sessionId));
    if (session.status === 'active' && !this.#ends.isEnding(session.run?.id ?? '')) return session;
    throw new Problem('session-not-active', {
      detail: `Session ${session.sessionName} is not active, so nothing can use it.`,
      next: `Start it first: stint start ${sessionId}`,
      sessionId,
    });
  }

  #ofRun({ sessionId, run }: Session): readonly LeaseRecord[] {
    return this.#parts.records.ofSession(sessionId).filter(({ runId }) => runId === run?.id);
  }

  /** Throws Problem 'leases-used-up', 'file-unwritable'. */
  #openOn(
    session: Session,
    by: string,
    more: Omit<
      LeaseRecord,
      'leaseId' | 'sessionId' | 'runId' | 'openedAt' | 'lastUsedAt' | 'usedAtElapsed'
    >,
  ): LeaseRecord {
    const { sessionId, run } = session;
    refuseUsedUp(session, this.#ofRun(session));
    const used = this.#usedNow();
    const lease = {
      leaseId: randomUUID(),
      sessionId,
      runId: run?.id ?? '',
      ...more,
      openedAt: used.lastUsedAt,
      ...used,
    };
    this.#add(lease);
    this.#ends.note('lease-opened', lease, by);
    return lease;
  }

  #usedNow() {
    const { clock, elapsed } = this.#parts;
    return { lastUsedAt: clock.now(), usedAtElapsed: elapsed.now() };
  }

  #add(lease: LeaseRecord): void {
    try {
      this.#parts.records.add(lease);
    } catch (cause) {
      throw new Problem('file-unwritable', {
        detail: `The lease cannot be written: ${(cause as Error).message}`,
        next: 'Free some disk space and make the folder writable for your user.',
        sessionId: lease.sessionId,
        cause,
      });
    }
  }
}
