import { durationText } from '../../models/duration.ts';
import { Problem } from '../../models/problem.ts';
import { scopesOfRole, type Principal, type Role, type Scope } from '../../models/scope.ts';
import { longestLifetime } from '../../models/token.ts';
import { refuse } from '../validation/check.ts';

export interface TokenRequest {
  /** Who uses it; names the principal in history and log. */
  readonly name: string;
  /**
   * If omitted: `credentials` for a session, else the least powerful role that has the scopes asked
   * for, `viewer` without any.
   */
  readonly role?: Role | undefined;
  /** If omitted, all of the role's; never more. */
  readonly scopes?: readonly Scope[] | undefined;
  /** The one session a `credentials` token is for. */
  readonly sessionId?: string | undefined;
  /** 1 s to 30 days, or 366 to read metrics alone; 30 minutes if omitted. */
  readonly expiresInSeconds?: number | undefined;
}

export interface Grant {
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  readonly sessionId?: string | undefined;
  readonly lifetimeSeconds: number;
}

/** In seconds. */
const defaultLifetime = 30 * 60;

/** Subjects of principals that carry no client token: no token may use them. */
const takenNames = new Set(['owner', 'window', 'stint']);

/** From the least to the most powerful; the role `credentials` comes with its session. */
const byPower = ['viewer', 'operator', 'window', 'owner'] as const satisfies readonly Role[];

function leastRole({ sessionId, scopes = [] }: TokenRequest): Role {
  if (sessionId !== undefined) return 'credentials';
  return (
    byPower.find((role) => scopes.every((scope) => scopesOfRole[role].includes(scope))) ?? 'owner'
  );
}

/**
 * What `maker` may grant. Throws Problem 'invalid-request', or 'scope-missing' for a role, scope or
 * session that the maker does not have: some routes require a role, so it counts like a scope.
 */
export function grantFor(maker: Principal, request: TokenRequest): Grant {
  const { name, sessionId, expiresInSeconds: lifetimeSeconds = defaultLifetime } = request;
  const role = request.role ?? leastRole(request);
  const scopes = [...new Set(request.scopes ?? scopesOfRole[role])];
  if (!/^[^\p{Cc}]{1,128}$/u.test(name) || name.trim() !== name) {
    refuseField('name', 'must have 1 to 128 characters on one line');
  }
  if (takenNames.has(name.toLowerCase())) {
    refuseField('name', `must not be “${name}”, which is reserved`);
  }
  if (role === 'credentials' && sessionId === undefined) {
    refuseField('sessionId', 'is required for the role credentials');
  }
  if (role !== 'credentials' && sessionId !== undefined) {
    refuseField('sessionId', 'works with the role credentials only');
  }
  refuseLifetime(lifetimeSeconds, longestLifetime(scopes));
  const unfit = scopes.filter((scope) => !scopesOfRole[role].includes(scope));
  if (unfit.length > 0) {
    refuseField('scopes', `must be scopes of the role ${role}; not ${unfit.join(', ')}`);
  }

  if (!scopesOfRole[role].every((scope) => scopesOfRole[maker.role].includes(scope))) {
    throw beyond(`the role ${role}`);
  }
  const lacking = scopes.filter((scope) => !maker.scopes.has(scope));
  if (lacking.length > 0) throw beyond(`the scope ${lacking.join(', ')}`);
  if (maker.sessionId !== undefined && maker.sessionId !== sessionId) {
    throw beyond('another session');
  }
  return { name, role, scopes, sessionId, lifetimeSeconds };
}

function refuseLifetime(seconds: number, longest: number): void {
  if (!Number.isInteger(seconds) || seconds < 1) refuseField('expires_in', 'must be at least 1 s');
  if (seconds <= longest) return;
  const message = `must be at most ${durationText(longest)}`;
  const limit = { code: 'too-large', maximum: longest, unit: 'seconds' } as const;
  refuse('client token', [{ field: 'expires_in', message, ...limit }]);
}

function refuseField(field: string, message: string): never {
  return refuse('client token', [{ field, message }]);
}

function beyond(what: string): Problem {
  return new Problem('scope-missing', {
    detail: `You cannot make a client token with ${what}: your own does not have it.`,
    next: 'Ask for less, or have the owner make the token.',
  });
}
