import { awsPartitionOf } from '../../models/aws-region.ts';
import {
  mostPolicyArns,
  policyPartition,
  readOnlyArn,
  type Narrowing,
} from '../../models/narrowing.ts';
import { Problem, type FieldErrorInput } from '../../models/problem.ts';
import type { AwsIamRoleChainedSession, Session } from '../../models/session.ts';
import { refuse } from '../validation/check.ts';

/**
 * "The plaintext that you use for both inline and managed session policies can't exceed 2,048 characters" (STS
 * API Reference, AssumeRole, Policy). Whether the packed form fits too, AWS alone can tell.
 */
const mostCharacters = 2048;

/** What a lease is asked to be limited to. */
export interface NarrowingRequest extends Narrowing {
  readonly readOnly?: boolean | undefined;
}

/**
 * The session policies for a program, as AWS gets them; undefined where nothing limits it. Throws Problem
 * 'invalid-request' for policies that AWS refuses, and for sessions whose credentials AWS does not narrow.
 */
export function narrowingFor(
  session: Session,
  { readOnly = false, policyArns = [], policy }: NarrowingRequest,
  find: (sessionId: string) => Session | undefined,
): Narrowing | undefined {
  if (!readOnly && policyArns.length === 0 && policy === undefined) return undefined;
  const refused = refusalOf(session, find);
  if (refused !== undefined) throw refused;
  const partition = awsPartitionOf(session.region);
  const arns = [...new Set([...(readOnly ? [readOnlyArn(partition)] : []), ...policyArns])];
  const compact = policy === undefined ? undefined : JSON.stringify(JSON.parse(policy));
  const errors: FieldErrorInput[] = [];
  if (arns.length > mostPolicyArns) {
    errors.push({
      field: 'policyArns',
      message: `must be at most ${mostPolicyArns}, with readOnly`,
    });
  }
  const abroad = arns.find((arn) => policyPartition(arn) !== partition);
  if (abroad !== undefined) {
    const message = `must be of partition ${partition}, as the session is: ${abroad}`;
    errors.push({ field: 'policyArns', message });
  }
  if ([compact ?? '', ...arns].join('').length > mostCharacters) {
    const message = `must have at most ${mostCharacters} characters, together with policyArns`;
    errors.push({ field: 'policy', message });
  }
  if (errors.length > 0) return refuse('lease', errors);
  return {
    ...(arns.length === 0 ? {} : { policyArns: arns }),
    ...(compact === undefined ? {} : { policy: compact }),
  };
}

/** Problem 'invalid-request': the credentials of the session cannot be narrowed. */
export function typeRefusal({ type, sessionId, sessionName }: Session): Problem {
  if (type === 'azure') {
    return notNarrowed(
      sessionId,
      `Session ${sessionName} is an Azure session, and Azure has no tokens that may do less: roles decide.`,
      'Add a session of an account that has fewer roles.',
    );
  }
  return notNarrowed(
    sessionId,
    `Session ${sessionName} is a role of IAM Identity Center, which issues its credentials as they are, without session policies.`,
    `Use another permission set, or narrow a role that it may assume: stint session add awsIamRoleChained --parent-session-id ${sessionId} --role-arn ARN --role-session-name NAME --name NAME`,
  );
}

function refusalOf(
  session: Session,
  find: (sessionId: string) => Session | undefined,
): Problem | undefined {
  const { sessionId, sessionName } = session;
  switch (session.type) {
    case 'azure':
    case 'awsSsoRole':
      return typeRefusal(session);
    case 'awsIamUser':
      if (session.mfaSerial === undefined) return undefined;
      return notNarrowed(
        sessionId,
        `Session ${sessionName} signs in with MFA, and AWS issues narrowed credentials of a user without it only (GetFederationToken).`,
        `Narrow a role that the user may assume: stint session add awsIamRoleChained --parent-session-id ${sessionId} --role-arn ARN --role-session-name NAME --name NAME`,
      );
    case 'awsIamRoleChained':
      return chainedRefusal(session, find(session.parentSessionId));
    case 'awsIamRoleFederated':
      return undefined;
  }
}

function chainedRefusal(
  { sessionId, sessionName, policy, policyArns, mfaSerial }: AwsIamRoleChainedSession,
  parent: Session | undefined,
): Problem | undefined {
  if (policy !== undefined || (policyArns ?? []).length > 0) {
    return notNarrowed(
      sessionId,
      `Session ${sessionName} has its own session policies. AWS would add others to them, so that the program might do more, not less.`,
      'Add a session for the role without policies, and narrow that.',
    );
  }
  const device = parent?.type === 'awsIamUser' ? parent.mfaSerial : undefined;
  if (mfaSerial === undefined || mfaSerial === device) return undefined;
  return notNarrowed(
    sessionId,
    `Session ${sessionName} needs an MFA code each time its role is assumed, and so would each program and renewal.`,
    `Set the device of the parent session instead, whose code then serves all: stint session edit ${parent?.sessionId ?? 'PARENT'} --mfa-serial ${mfaSerial}`,
  );
}

function notNarrowed(sessionId: string, detail: string, next: string): Problem {
  return new Problem('invalid-request', { detail, next, sessionId });
}
