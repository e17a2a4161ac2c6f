import { Problem } from '../../models/problem.ts';
import { isUnderWay } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import { activeSince } from '../sessions/run-clock.ts';
import { effectiveLimits } from '../sessions/session-record.ts';
import { isOpen, type LeaseRecord } from './lease-record.ts';

/*
 * What a run's limits say about its leases. `session`: with the effective fields of its run, since
 * limits are fixed when it starts. Times in milliseconds of elapsed time, which nobody sets.
 */

/** How long a run that ends with its last lease waits for its first. */
const firstLeaseWithin = 60_000;

/** `own`: all leases of the run, closed ones too. Throws Problem 'leases-used-up'. */
export function refuseUsedUp(session: Session, own: readonly LeaseRecord[]): void {
  const { limits, sessionName, sessionId } = session;
  if (limits?.maxLeases === undefined || own.length < limits.maxLeases) return;
  throw new Problem('leases-used-up', {
    detail: `The limit of session ${sessionName} is ${counted(limits.maxLeases)} in all, and this run has opened ${limits.maxLeases === 1 ? 'it' : 'them'}.`,
    next: `Stop and start the session to begin a new run: stint stop ${sessionId}; stint start ${sessionId}`,
    sessionId,
  });
}

/** How the run ends now that none of its leases is open, or undefined where it continues. */
export function endOfLeases(
  session: Session,
  own: readonly LeaseRecord[],
  now: number,
): { readonly reason: 'lease-limit' | 'stopped'; readonly message: string } | undefined {
  const { limits, run } = session;
  if (run === undefined || own.some(isOpen)) return undefined;
  if (limits?.maxLeases !== undefined && own.length >= limits.maxLeases) {
    const message =
      limits.maxLeases === 1
        ? 'Its only lease was closed.'
        : `Its ${limits.maxLeases} leases were used, and the last one was closed.`;
    return { reason: 'lease-limit', message };
  }
  if (run.untilLastLease !== true) return undefined;
  if (own.length > 0)
    return { reason: 'stopped', message: 'The command it was started for ended.' };
  if (now < activeSince(session) + firstLeaseWithin) return undefined;
  return { reason: 'stopped', message: 'The command it was started for never ran.' };
}

/** When the run ends as idle, or undefined where it has no such limit. `lastUse`: of its credentials. */
export function idleEnd(session: Session, lastUse: number | undefined): number | undefined {
  const { idleSeconds } = effectiveLimits(session);
  if (idleSeconds === undefined || !isUnderWay(session)) return undefined;
  return Math.max(activeSince(session), lastUse ?? 0) + idleSeconds * 1000;
}

function counted(leases: number): string {
  return leases === 1 ? '1 lease' : `${leases} leases`;
}
