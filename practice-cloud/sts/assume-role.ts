import { assumedRoleArn, parseRoleArn } from '../identity/arn.ts';
import type { Role } from '../identity/directory.ts';
import type { Principal, RoleSessionPrincipal } from '../identity/principal.ts';
import type { Action } from './action.ts';
import { ConstraintCheck, type Constraint } from './constraints.ts';
import { credentialsAnswer } from './credentials-answer.ts';
import { accessDenied, validationError } from './fault.ts';
import { provesMfa, readMfa } from './mfa.ts';
import {
  checkSessionPolicies,
  keptPolicies,
  packedPolicySize,
  readSessionPolicies,
} from './session-policies.ts';
import { requireAllowed } from './session-permissions.ts';
import { checkSessionTags, readSessionTags } from './session-tags.ts';
import { admit } from './trust.ts';

const sessionName: Constraint = { minLength: 2, maxLength: 64, pattern: '[\\w+=,.@-]*' };
const externalIdRule: Constraint = {
  minLength: 2,
  maxLength: 1224,
  pattern: '[\\w+=,.@:\\/-]*',
};

/** Source of every rule here, where nothing else is named: STS API Reference "AssumeRole". */
export const assumeRole: Action = (context) => {
  const { principal, parameters, directory, issued, now } = context;
  const check = new ConstraintCheck(parameters);
  const roleArn = check.text('RoleArn', { required: true, minLength: 20, maxLength: 2048 });
  const name = check.text('RoleSessionName', { ...sessionName, required: true });
  const seconds = check.integer('DurationSeconds', { min: 900, max: 43_200 }, 3600);
  const externalId = check.text('ExternalId', externalIdRule);
  const sourceIdentity = check.text('SourceIdentity', sessionName);
  const policies = readSessionPolicies(check, parameters);
  const sessionTags = readSessionTags(check, parameters);
  const mfaParameters = readMfa(check);
  check.end();

  const arn = parseRoleArn(roleArn);
  if (arn === undefined) throw validationError(`${roleArn} is invalid`);
  checkSessionPolicies(policies, arn);
  refuseFederatedUser(principal, roleArn);
  requireAllowed(principal, 'sts:AssumeRole', roleArn);
  checkSessionTags(sessionTags, parameters, principal);
  const role = admit(directory.role(roleArn), {
    caller: principal,
    roleArn,
    externalId,
    sourceIdentity,
    tagged: sessionTags.tags.size > 0,
    mfa: provesMfa(mfaParameters, context),
  });
  requireLength(seconds, role, principal);

  const session: RoleSessionPrincipal = {
    kind: 'roleSession',
    partition: role.partition,
    accountId: arn.accountId,
    arn: assumedRoleArn(arn, name),
    userId: `${role.roleId}:${name}`,
    roleArn,
    assumedWith: principal.kind === 'user' ? 'longTermKeys' : 'temporaryCredentials',
    sourceIdentity: sourceIdentity ?? inherited(principal)?.sourceIdentity,
    transitiveTagKeys: [
      ...(inherited(principal)?.transitiveTagKeys ?? []),
      ...sessionTags.transitiveKeys,
    ],
    policies: keptPolicies(policies),
  };
  return {
    Credentials: credentialsAnswer(issued.issue(session, now, context.lifetime(seconds))),
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize: packedPolicySize(policies, sessionTags),
    SourceIdentity: session.sourceIdentity,
  };
};

/**
 * At most one hour from temporary credentials, else at most the role's own maximum.
 * Source: IAM User Guide "Methods to assume a role", "Terms and concepts: role chaining". The page
 * speaks of role credentials; the service counts those of GetSessionToken as well, as users of it
 * report (issue 11 of aws-runas, issue 263 of aws-vault).
 */
function requireLength(seconds: number, role: Role, caller: Principal): void {
  if (caller.kind !== 'user' && seconds > 3600) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (seconds > role.maxSessionSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}

/** IAM User Guide "Compare AWS STS credentials": nothing of STS but GetCallerIdentity. */
function refuseFederatedUser({ kind, arn }: Principal, roleArn: string): void {
  if (kind !== 'federatedUser') return;
  throw accessDenied(
    `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
}

function inherited(principal: Principal): RoleSessionPrincipal | undefined {
  return principal.kind === 'roleSession' ? principal : undefined;
}
