import { Problem } from '../models/problem.ts';
import type { Principal } from '../models/scope.ts';
import type { ApiContext } from './context.ts';
import { bearerToken } from './guards/bearer-token.ts';

/**
 * Who is asking. Throws Problem 'unauthenticated', without saying which part failed. There is no limit
 * on guesses, which would let one program lock out another: signatures have 256 bits.
 */
export async function authenticate(c: ApiContext): Promise<Principal> {
  const { services, connection } = c.env;
  if (connection.principal !== undefined) return connection.principal;
  const token = bearerToken(c.req.header('authorization'));
  const principal = token === undefined ? undefined : await services.access.verify(token);
  if (principal !== undefined) return principal;
  // Commands read the owner's token from its file, which may be gone or damaged: they read it again.
  if (connection.kind === 'socket') await services.access.renewOwnerToken();
  if (token === undefined) {
    c.header('WWW-Authenticate', 'Bearer realm="stint"');
    throw new Problem('unauthenticated', {
      detail: 'The request carries no client token.',
      next: 'Send one as `Authorization: Bearer TOKEN`; `POST /v1/tokens` makes them.',
    });
  }
  return refuse(c);
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
