import type { Lease, LeaseKind } from '../../models/lease.ts';
import { toInstant } from '../../models/time.ts';

/** A lease as stored. Times in milliseconds since the epoch. */
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
  readonly openedAt: number;
  readonly lastUsedAt: number;
  /** How often it was given credentials. */
  readonly uses: number;
  readonly closedAt?: number | undefined;
  /** `closed` by its holder, `process-gone`, or why the run ended. */
  readonly reason?: string | undefined;
}

export function isOpen({ closedAt }: LeaseRecord): boolean {
  return closedAt === undefined;
}

/** As readers see it. */
export function toLease(record: LeaseRecord): Lease {
  const { leaseId, runId, kind, process, openedAt, lastUsedAt, uses, closedAt, reason } = record;
  return {
    leaseId,
    runId,
    kind,
    ...(process === undefined ? {} : { process }),
    openedAt: toInstant(openedAt),
    lastUsedAt: toInstant(lastUsedAt),
    uses,
    ...(closedAt === undefined ? {} : { closedAt: toInstant(closedAt) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** In the history: what it is for, and why it was closed. */
export function leaseWords({ kind, process, reason }: LeaseRecord): string {
  const what = process === undefined ? kind : `${kind} ${process}`;
  return reason === undefined ? what : `${what}: ${reason}`;
}
