import { Problem } from '../models/problem.ts';
import type { LeaseRecord } from '../services/leases/lease-record.ts';
import type { Services } from '../services/services.ts';
import type { ApiContext } from './context.ts';
import { openLease } from './routes/open-lease.ts';
import { isVisible } from './sessions/actions.ts';

/** What obtaining narrowed credentials can fail with. */
export const narrowedProblems = [
  'person-needed',
  'dependency-missing',
  'secret-missing',
  'secret-unreadable',
  'browser-unavailable',
  'prompt-expired',
  'cloud-refused',
  'cloud-unreachable',
  'file-unreadable',
  'file-unwritable',
] as const;

type LendingServices = Pick<Services, 'leases' | 'sessions'>;

/**
 * The current credentials for the holder of a lease, from memory, or narrowed ones; counts as a use of it.
 * Throws Problem 'session-not-active' for a lease that was closed or credentials that have expired,
 * 'vault-locked', 'vault-unreadable', and what `NarrowedCredentials` throws.
 */
export async function lentCredentials(services: LendingServices, lease: LeaseRecord) {
  openLease(services, lease);
  const { leases, sessions } = services;
  const issued = await sessions.credentials(lease.sessionId, lease.narrowing);
  if (leases.hasExpired(lease.sessionId, issued.expiration))
    throw beingRenewed(services, lease.sessionId);
  leases.noteUse(lease.leaseId);
  return issued;
}

/** Throws Problem 'not-found' for a lease that does not exist, or whose session the reader may not see. */
export function visibleLease(c: ApiContext, leaseId: string): LeaseRecord {
  const lease = c.env.services.leases.find(leaseId);
  if (lease !== undefined && isVisible(lease.sessionId, c.get('principal'))) return lease;
  throw new Problem('not-found', {
    detail: `There is no lease ${leaseId}.`,
    next: 'List the leases of a session with `GET /v1/sessions/{id}/leases`.',
  });
}

/** Expired credentials are never given. */
export function beingRenewed({ sessions }: Pick<Services, 'sessions'>, sessionId: string): Problem {
  const { sessionName } = sessions.get(sessionId);
  return new Problem('session-not-active', {
    detail: `The credentials of session ${sessionName} have expired and could not be renewed yet.`,
    next: `Its history says why: stint history --session ${sessionId}`,
    sessionId,
  });
}
