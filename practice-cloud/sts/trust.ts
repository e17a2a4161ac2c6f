import type { Role } from '../identity/directory.ts';
import type { Principal } from '../identity/principal.ts';
import { accessDenied, type StsFault } from './fault.ts';

/** What a caller brings to a role's door. */
export interface Visit {
  readonly caller: Principal;
  readonly roleArn: string;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly tagged: boolean;
  /** A code was given with this very request. */
  readonly mfa: boolean;
}

/**
 * Lets a caller in or refuses. A role that doesn't exist and one that doesn't trust the caller are
 * answered alike, so that nobody can learn which roles there are.
 * Source: IAM User Guide "Methods to assume a role", "Access to AWS accounts owned by third
 * parties" (external id), "Secure API access with MFA", "Pass session tags in AWS STS", "Monitor
 * and control actions taken with assumed roles" (source identity).
 * @throws StsFault AccessDenied
 */
export function admit(role: Role | undefined, visit: Visit): Role {
  const refuse = (action: string) => notAuthorized(visit, action);
  if (
    role === undefined ||
    role.partition !== visit.caller.partition ||
    !trusts(role, visit.caller) ||
    (role.trust.externalId !== undefined && role.trust.externalId !== visit.externalId) ||
    (role.trust.mfaRequired && !hasMfa(visit))
  ) {
    throw refuse('AssumeRole');
  }
  if (visit.tagged && !role.trust.tagSession) throw refuse('TagSession');
  const inherited = visit.caller.kind === 'roleSession' ? visit.caller.sourceIdentity : undefined;
  const sets = visit.sourceIdentity !== undefined;
  // Once set, a source identity goes along the whole chain and can't be another one.
  if (sets && inherited !== undefined && inherited !== visit.sourceIdentity) {
    throw refuse('SetSourceIdentity');
  }
  if ((sets || inherited !== undefined) && !role.trust.setSourceIdentity) {
    throw refuse('SetSourceIdentity');
  }
  return role;
}

/** Source: IAM User Guide "AWS JSON policy elements: Principal". */
function trusts(role: Role, caller: Principal): boolean {
  const names = new Set([
    '*',
    caller.arn,
    caller.accountId,
    `arn:${caller.partition}:iam::${caller.accountId}:root`,
    ...(caller.kind === 'roleSession' ? [caller.roleArn] : []),
  ]);
  return role.trust.principals.some((principal) => names.has(principal));
}

/** A code in this request, or a session token obtained with one; role sessions carry none on. */
function hasMfa({ caller, mfa }: Visit): boolean {
  return mfa || (caller.kind === 'userSession' && caller.mfa);
}

function notAuthorized({ caller, roleArn }: Visit, action: string): StsFault {
  return accessDenied(
    `User: ${caller.arn} is not authorized to perform: sts:${action} on resource: ${roleArn}`,
  );
}
