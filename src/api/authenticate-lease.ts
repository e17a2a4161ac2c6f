import { Problem } from '../models/problem.ts';
import type { LeaseRecord } from '../services/leases/lease-record.ts';
import type { ApiContext } from './context.ts';
import { leaseToken } from './guards/sdk-endpoint.ts';

/**
 * Whose lease of the session in the path it is that the request shows the token of; the lease may
 * be closed. No limit on guesses: there are 256 random bits to guess. Throws Problem
 * 'unauthenticated', which tells nothing of whether there is such a session.
 */
export function authenticateLease(c: ApiContext, headers: readonly string[]): LeaseRecord {
  const token = leaseToken(headers, (name) => c.req.header(name));
  const sessionId = c.req.param('id') ?? '';
  // The window asks nothing here: it is never given credentials.
  const isOutside = c.env.connection.kind !== 'in-process';
  const holder =
    token === undefined || !isOutside ? undefined : c.env.services.leases.holder(sessionId, token);
  if (holder !== undefined) return holder;
  c.header('WWW-Authenticate', 'Bearer realm="stint"');
  throw new Problem('unauthenticated', {
    detail:
      token === undefined
        ? 'The request carries no lease token.'
        : 'The lease token is not one of this session.',
    next: 'Run the program with `stint exec`, or set the variables that `stint env` prints anew.',
  });
}
