import { Problem } from '../../models/problem.ts';
import type { LeaseRecord } from '../../services/leases/lease-record.ts';
import type { Services } from '../../services/services.ts';

/** Throws Problem 'session-not-active' for a lease that was closed, with the reason. */
export function openLease(
  { sessions }: Pick<Services, 'sessions'>,
  lease: LeaseRecord,
): LeaseRecord {
  if (lease.closedAt === undefined) return lease;
  const session = sessions.list().find(({ sessionId }) => sessionId === lease.sessionId);
  const name = session?.sessionName ?? lease.sessionId;
  const isOver = session?.run?.id !== lease.runId;
  throw new Problem('session-not-active', {
    detail: isOver
      ? `Session ${name} has ended (${lease.reason ?? 'stopped'}), and its leases with it.`
      : lease.reason === 'address-lost'
        ? `The lease of this program on session ${name} was closed: Stint lost the port that it asked at.`
        : `The lease of this program on session ${name} was closed.`,
    next: `Start it again: stint start ${lease.sessionId}; then run the program with stint exec, or set the variables that stint env prints again.`,
    sessionId: lease.sessionId,
  });
}
