import type { MiddlewareHandler } from 'hono';
import { Problem } from '../models/problem.ts';
import type { Role, Scope } from '../models/scope.ts';
import { authenticateLease } from './authenticate-lease.ts';
import type { ApiEnv } from './context.ts';

export type RouteScope = Scope | 'open' | 'any-token' | 'lease';

/** What a route requires of its caller. Every route states it; there is no default. */
export interface RouteAccess {
  readonly operationId: string;
  /**
   * `open`: no token; `any-token`: any client token; `lease`: the token of a lease, of the session in
   * the path if that names one, in one of `leaseHeaders`, or in the path as `leaseToken`.
   */
  readonly scope: RouteScope;
  readonly leaseHeaders?: readonly string[];
  /** Only these roles, whatever scopes others have. */
  readonly roles?: readonly Role[];
  /**
   * What a token bound to one session can do here. `own-session`: the path names a session, and every
   * other one counts as missing; `filtered`: the handler shows only what belongs to its session. If
   * omitted, such a token is refused.
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
        throw forbidden(
          `This needs the scope ${access.scope}, which the client token does not have.`,
        );
      }
      if (access.roles !== undefined && !access.roles.includes(principal.role)) {
        throw forbidden(`Only the role ${access.roles.join(' or ')} can do this.`);
      }
      if (principal.sessionId !== undefined) {
        if (access.bound === undefined) {
          throw forbidden(
            'The client token is bound to one session, and this concerns more than that session.',
          );
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
    next: 'Use a client token that allows it. Make one with `POST /v1/tokens`.',
  });
}
