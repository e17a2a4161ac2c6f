import { Problem } from '../../models/problem.ts';
import { scopesOfRole, type Principal, type Role, type Scope } from '../../models/scope.ts';

export interface TokenRequest {
  /** Who will carry it; names the principal in history and log. */
  readonly name: string;
  /**
   * Where it is left out: `credentials` for a session, else the least that has the scopes asked for,
   * `viewer` where none are.
   */
  readonly role?: Role | undefined;
  /** All of the role's where they are left out; never more. */
  readonly scopes?: readonly Scope[] | undefined;
  /** The one session a `credentials` token is for. */
  readonly sessionId?: string | undefined;
  /** 1 s to 30 days; 30 minutes where it is left out. */
  readonly expiresInSeconds?: number | undefined;
}

export interface Grant {
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  readonly sessionId?: string | undefined;
  readonly lifeSeconds: number;
}

const defaultLife = 30 * 60;
const longestLife = 30 * 24 * 3600;

/** Subjects of principals that carry no client token: nobody else may go by them. */
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
 * What `maker` may hand on. Throws Problem 'invalid-request', or 'scope-missing' for a role, scope or
 * session beyond the maker's own: some routes ask for a role, so that it counts like a scope.
 */
export function grantFor(maker: Principal, request: TokenRequest): Grant {
  const { name, sessionId, expiresInSeconds: lifeSeconds = defaultLife } = request;
  const role = request.role ?? leastRole(request);
  const scopes = [...new Set(request.scopes ?? scopesOfRole[role])];
  if (!/^[^\p{Cc}]{1,128}$/u.test(name) || name.trim() !== name) {
    throw invalid('name', 'must be 1 to 128 characters on one line');
  }
  if (takenNames.has(name.toLowerCase())) {
    throw invalid('name', `"${name}" is what Stint itself goes by`);
  }
  if (!Number.isInteger(lifeSeconds) || lifeSeconds < 1 || lifeSeconds > longestLife) {
    throw invalid('expires_in', `must be 1 to ${longestLife} whole seconds`);
  }
  if (role === 'credentials' && sessionId === undefined) {
    throw invalid('sessionId', 'the role credentials is for one session');
  }
  if (role !== 'credentials' && sessionId !== undefined) {
    throw invalid('sessionId', 'only the role credentials is bound to a session');
  }
  const unfit = scopes.filter((scope) => !scopesOfRole[role].includes(scope));
  if (unfit.length > 0) {
    throw invalid('scopes', `the role ${role} does not have ${unfit.join(', ')}`);
  }

  if (!scopesOfRole[role].every((scope) => scopesOfRole[maker.role].includes(scope))) {
    throw beyond(`the role ${role}`);
  }
  const lacking = scopes.filter((scope) => !maker.scopes.has(scope));
  if (lacking.length > 0) throw beyond(`the scope ${lacking.join(', ')}`);
  if (maker.sessionId !== undefined && maker.sessionId !== sessionId) {
    throw beyond('another session than its own');
  }
  return { name, role, scopes, sessionId, lifeSeconds };
}

function invalid(field: string, message: string): Problem {
  return new Problem('invalid-request', {
    detail: `The client token cannot be made: ${field}: ${message}.`,
    errors: [{ field, message }],
  });
}

function beyond(what: string): Problem {
  return new Problem('scope-missing', {
    detail: `A client token cannot hand on ${what}: its maker does not have that.`,
    next: 'Ask for less, or have the owner make the token.',
  });
}
