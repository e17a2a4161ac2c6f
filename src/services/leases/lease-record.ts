import type { Lease, LeaseKind } from '../../models/lease.ts';
import { narrowingText, type Narrowing } from '../../models/narrowing.ts';
import { toInstant } from '../../models/time.ts';

/** A lease as stored. Times in milliseconds since the epoch, by the machine's clock. */
export interface LeaseRecord {
  readonly leaseId: string;
  readonly sessionId: string;
  readonly runId: string;
  readonly kind: LeaseKind;
  readonly process?: string | undefined;
  /** The process that opened it, with which the lease ends. */
  readonly pid?: number | undefined;
  /** Tells that process from a later one with the same pid, where the platform says it. */
  readonly pidStart?: string | undefined;
  readonly tokenHash: string;
  /** The loopback port that its program was given; undefined for leases of earlier versions. */
  readonly port?: number | undefined;
  /** Its program asks over the socket, by `stint credentials`: it does not depend on the port. */
  readonly bySocket?: boolean | undefined;
  /** Its program reads the token from its file at each use, so that the token can change. */
  readonly tokenInFile?: boolean | undefined;
  /** Other users of this machine whose programs may use it, such as that of a container. */
  readonly allowedUids?: readonly number[] | undefined;
  /** Its program gets less than the session. */
  readonly narrowing?: Narrowing | undefined;
  /**
   * When what its reader was given expires: it ends then, as somebody who reads keys closes nothing.
   * Undefined for a lease that is opened and closed. In milliseconds of elapsed time.
   */
  readonly expiresAt?: number | undefined;
  readonly openedAt: number;
  readonly lastUsedAt: number;
  /** The same by elapsed time; undefined for one that the owner before noted. Not stored. */
  readonly usedAtElapsed?: number | undefined;
  /** How often it was given credentials. */
  readonly uses: number;
  readonly closedAt?: number | undefined;
  /** `closed` by its holder, `process-gone`, `expired`, `address-lost`, or why the run ended. */
  readonly reason?: string | undefined;
}

export function isOpen({ closedAt }: LeaseRecord): boolean {
  return closedAt === undefined;
}

/** As readers see it. */
export function toLease(record: LeaseRecord): Lease {
  const { leaseId, runId, kind, process, pid, narrowing, openedAt, lastUsedAt, uses } = record;
  const { closedAt, reason } = record;
  return {
    leaseId,
    runId,
    kind,
    ...(process === undefined ? {} : { process }),
    ...(pid === undefined ? {} : { pid }),
    ...narrowing,
    openedAt: toInstant(openedAt),
    lastUsedAt: toInstant(lastUsedAt),
    uses,
    ...(closedAt === undefined ? {} : { closedAt: toInstant(closedAt) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** In the history: what it is for, what limits it, and why it was closed. */
export function leaseWords({ kind, process, narrowing, reason }: LeaseRecord): string {
  const program = process === undefined ? kind : `${kind} ${process}`;
  const what = narrowing === undefined ? program : `${program}, ${narrowingText(narrowing)}`;
  return reason === undefined ? what : `${what}: ${reason}`;
}
