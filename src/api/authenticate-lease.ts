import { Problem } from '../models/problem.ts';
import type { LeaseRecord } from '../services/leases/lease-record.ts';
import type { ApiContext } from './context.ts';
import { leaseToken } from './guards/sdk-endpoint.ts';

/**
 * The lease whose token the request carries, of the session in the path if it names one; it may be
 * closed. There is no limit on guesses: a token has 256 random bits. Throws Problem 'unauthenticated', which does not
 * reveal whether the session exists.
 */
export function authenticateLease(c: ApiContext, headers: readonly string[]): LeaseRecord {
  const token = c.req.param('leaseToken') ?? leaseToken(headers, (name) => c.req.header(name));
  const sessionId = c.req.param('id');
  // The window never receives credentials.
  const isOutside = c.env.connection.kind !== 'in-process';
  const holder =
    token === undefined || !isOutside ? undefined : c.env.services.leases.holder(token, sessionId);
  const { namedUid } = c.env.connection;
  // A container's user may use the lease that names it, and no other.
  const isNamed = namedUid === undefined || holder?.allowedUids?.includes(namedUid) === true;
  if (holder !== undefined && isNamed) return holder;
  c.header('WWW-Authenticate', 'Bearer realm="stint"');
  throw new Problem('unauthenticated', {
    detail:
      token === undefined
        ? 'The request carries no lease token.'
        : sessionId === undefined
          ? 'The lease token does not belong to any lease.'
          : 'The lease token does not belong to this session.',
    next: 'Run the program with `stint exec`, or set the variables that `stint env` prints again.',
  });
}
