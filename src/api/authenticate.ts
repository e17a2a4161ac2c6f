import { Problem } from '../models/problem.ts';
import type { Principal } from '../models/scope.ts';
import type { ApiContext } from './context.ts';
import { bearerToken } from './guards/bearer-token.ts';

/** Who is asking. Throws Problem 'unauthenticated' or 'rate-limited', without saying which part failed. */
export async function authenticate(c: ApiContext): Promise<Principal> {
  const { services, connection, failedVerifications } = c.env;
  if (connection.principal !== undefined) return connection.principal;
  const token = bearerToken(c.req.header('authorization'));
  if (token === undefined) {
    c.header('WWW-Authenticate', 'Bearer realm="stint"');
    throw new Problem('unauthenticated', {
      detail: 'The request carries no client token.',
      next: 'Send one as `Authorization: Bearer TOKEN`; `POST /v1/tokens` makes them.',
    });
  }
  if (connection.kind !== 'tcp') return (await services.access.verify(token)) ?? refuse(c);

  const wait = failedVerifications.secondsToWait(token);
  if (wait > 0) {
    c.header('Retry-After', String(wait));
    throw new Problem('rate-limited', {
      detail: 'Too many client tokens were refused in the last minute.',
      next: `Try again in ${wait} s.`,
    });
  }
  const principal = await services.access.verify(token);
  failedVerifications.note(token, principal === undefined ? 'refused' : 'accepted');
  return principal ?? refuse(c);
}

/**
 * For long answers: whether the client token of the request is still valid. If the vault was locked
 * meanwhile, the token counts as valid.
 */
export function stillAuthentic(c: ApiContext): () => Promise<boolean> {
  const { services, connection } = c.env;
  const token = bearerToken(c.req.header('authorization')) ?? '';
  return async () =>
    connection.principal !== undefined ||
    (await services.access.verify(token).then(
      (principal) => principal !== undefined,
      () => true,
    ));
}

function refuse(c: ApiContext): never {
  c.header('WWW-Authenticate', 'Bearer realm="stint", error="invalid_token"');
  throw new Problem('unauthenticated', {
    detail: 'The client token is not valid, has expired or was revoked.',
    next: 'Make a new one with `POST /v1/tokens`.',
  });
}
