import { randomUUID } from 'node:crypto';
import type { Lease, LeaseKind } from '../../models/lease.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { effective } from '../sessions/session-record.ts';
import { LeaseEnds, type LeaseParts } from './lease-ends.ts';
import { idleEnd, refuseUsedUp } from './lease-limits.ts';
import { toLease, type LeaseRecord } from './lease-record.ts';
import { isSameHash, leaseTokenHash, makeLeaseToken } from './lease-token.ts';
import { identify } from './process-identity.ts';

export interface LeaseRequest {
  readonly kind: LeaseKind;
  readonly process?: string | undefined;
  /** The process whose end closes it; used for the kind `exec` only. */
  readonly pid?: number | undefined;
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

const mostListed = 500;

/** The consumers of running sessions that Stint can see (DESIGN §3). */
export class Leases {
  readonly #parts: LeaseParts;
  readonly #ends: LeaseEnds;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#ends = new LeaseEnds(parts);
  }

  /** Throws Problem 'not-found', 'session-not-active', 'leases-used-up', 'file-unwritable'. */
  async open(sessionId: string, { kind, process, pid, by }: LeaseRequest): Promise<OpenedLease> {
    const { records, files, azureFolders, clock } = this.#parts;
    const session = this.#activeSession(sessionId);
    const runId = session.run?.id ?? '';
    refuseUsedUp(
      session,
      records.ofSession(sessionId).filter((lease) => lease.runId === runId),
    );
    const token = makeLeaseToken();
    const now = clock.now();
    const lease: LeaseRecord = {
      leaseId: randomUUID(),
      sessionId,
      runId,
      kind,
      process,
      ...(pid === undefined || kind !== 'exec' ? {} : identify(pid)),
      tokenHash: leaseTokenHash(token),
      openedAt: now,
      lastUsedAt: now,
      uses: 0,
    };
    this.#add(lease);
    this.#ends.note('lease-opened', lease, by);
    try {
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

  /** Newest first, of earlier runs too, 500 at most. Throws Problem 'not-found'. */
  list(sessionId: string): readonly Lease[] {
    this.#parts.repository.get(sessionId);
    return this.#parts.records.ofSession(sessionId).toReversed().slice(0, mostListed).map(toLease);
  }

  /** The session of a lease, or undefined where there is no such lease. */
  sessionOf(leaseId: string): string | undefined {
    return this.#parts.records.find(leaseId)?.sessionId;
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

  /** The lease of the session that `token` belongs to, open or closed; undefined if there is none. */
  holder(sessionId: string, token: string): LeaseRecord | undefined {
    const hash = leaseTokenHash(token);
    return this.#parts.records
      .ofSession(sessionId)
      .find(({ tokenHash }) => isSameHash(tokenHash, hash));
  }

  /** Notes that its holder was given credentials. */
  noteUse(leaseId: string): void {
    const { records, clock } = this.#parts;
    const lease = records.find(leaseId);
    if (lease === undefined) return;
    records.change({ ...lease, lastUsedAt: clock.now(), uses: lease.uses + 1 });
  }

  /** Notes that somebody without a lease was given the credentials of the session. */
  noteSessionUse(sessionId: string): void {
    const { records, repository, clock } = this.#parts;
    const runId = repository.find(sessionId)?.run?.id;
    if (runId !== undefined) records.noteRunUse(runId, clock.now());
  }

  isPast(instant: string): boolean {
    return Date.parse(instant) <= this.#parts.clock.now();
  }

  /** When the run ends as idle, in milliseconds since the epoch; undefined without such a limit. */
  idleEnd(session: Session): number | undefined {
    return idleEnd(effective(session), this.#parts.records.lastUse(session.run?.id ?? ''));
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
