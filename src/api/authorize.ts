import type { MiddlewareHandler } from 'hono';
import { Problem } from '../models/problem.ts';
import type { Role, Scope } from '../models/scope.ts';
import { authenticateLease } from './authenticate-lease.ts';
import type { ApiEnv } from './context.ts';

export type RouteScope = Scope | 'open' | 'any-token' | 'lease';

/** What a route asks of its caller. Every route says it; there is no default. */
export interface RouteAccess {
  readonly operationId: string;
  /**
   * `open`: no token at all; `any-token`: any client token; `lease`: the token of a
   * lease of the session that the path names, in one of `leaseHeaders`.
   */
  readonly scope: RouteScope;
  readonly leaseHeaders?: readonly string[];
  /** Only these roles, whatever scopes others may hold. */
  readonly roles?: readonly Role[];
  /**
   * What a token bound to one session meets here: `own-session` — the path names a session, and any
   * other one is not there; `filtered` — the handler shows only what belongs to its session.
   * If omitted: refused.
   */
  readonly bound?: 'own-session' | 'filtered';
}

/** Runs before a route's own checks, so that a caller without the scope learns nothing else. */
export function authorize(access: RouteAccess): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set('operation', access.operationId);
    if (access.scope === 'lease') {
      c.set('lease', authenticateLease(c, access.leaseHeaders ?? []));
    } else if (access.scope !== 'open') {
      const principal = c.get('principal');
      if (access.scope !== 'any-token' && !principal.scopes.has(access.scope)) {
        c.header(
          'WWW-Authenticate',
          `Bearer realm="stint", error="insufficient_scope", scope="${access.scope}"`,
        );
        throw forbidden(`This needs the scope ${access.scope}, which the client token lacks.`);
      }
      if (access.roles !== undefined && !access.roles.includes(principal.role)) {
        throw forbidden(`This is for the role ${access.roles.join(' or ')} only.`);
      }
      if (principal.sessionId !== undefined) {
        if (access.bound === undefined) {
          throw forbidden('The client token is bound to one session, and this reaches beyond it.');
        }
        if (access.bound === 'own-session' && c.req.param('id') !== principal.sessionId) {
          throw new Problem('not-found', {
            detail: `There is no session ${c.req.param('id') ?? ''}.`,
            next: 'The client token is bound to one session.',
          });
        }
      }
    }
    await next();
  };
}

function forbidden(detail: string): Problem {
  return new Problem('scope-missing', {
    detail,
    next: 'Use a client token that carries it; `POST /v1/tokens` makes them.',
  });
}
