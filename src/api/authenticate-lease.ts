import { Problem } from '../models/problem.ts';
import type { LeaseRecord } from '../services/leases/lease-record.ts';
import type { ApiContext } from './context.ts';
import { leaseToken } from './guards/sdk-endpoint.ts';

/**
 * The lease, of the session in the path, whose token the request carries; it may be closed. There is
 * no limit on guesses: a token has 256 random bits. Throws Problem 'unauthenticated', which does not
 * reveal whether the session exists.
 */
export function authenticateLease(c: ApiContext, headers: readonly string[]): LeaseRecord {
  const token = leaseToken(headers, (name) => c.req.header(name));
  const sessionId = c.req.param('id') ?? '';
  // The window never receives credentials.
  const isOutside = c.env.connection.kind !== 'in-process';
  const holder =
    token === undefined || !isOutside ? undefined : c.env.services.leases.holder(sessionId, token);
  if (holder !== undefined) return holder;
  c.header('WWW-Authenticate', 'Bearer realm="stint"');
  throw new Problem('unauthenticated', {
    detail:
      token === undefined
        ? 'The request carries no lease token.'
        : 'The lease token does not belong to this session.',
    next: 'Run the program with `stint exec`, or set the variables that `stint env` prints again.',
  });
}
