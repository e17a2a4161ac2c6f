import { Problem } from '../../models/problem.ts';
import type { AwsIamRoleFederatedSession } from '../../models/session.ts';
import type { OfferedRole } from '../sign-in/saml-assertion.ts';
import { messageOf, nameOf } from '../network/sdk-error.ts';
import { stsProblem } from './sts-problem.ts';

/** Longest response AWS accepts, in characters (STS API Reference, AssumeRoleWithSAML). */
const longestResponse = 100_000;

/** Throws Problem 'cloud-refused' for a response that AWS would refuse, perhaps repeating it. */
export function requireSendable(response: string, session: AwsIamRoleFederatedSession): void {
  if (response.length >= 4 && response.length <= longestResponse) return;
  throw refused(
    session,
    `The sign-in response for session ${session.sessionName} is ${response.length} characters long; AWS accepts 4 to ${longestResponse}.`,
    'Ask the administrator of the identity provider to offer you fewer roles or groups.',
  );
}

/** So many roles are named in a message. */
const mostNamed = 10;

/** Problem 'cloud-refused': the identity provider does not offer the role of the session. */
export function notOffered(
  offered: readonly OfferedRole[],
  session: AwsIamRoleFederatedSession,
): Problem {
  const { roleArn, idpArn, sessionId, sessionName } = session;
  const all = [...new Set(offered.map((role) => `${role.roleArn} with ${role.idpArn}`))];
  const named = all.slice(0, mostNamed).join(', ');
  const list = all.length > mostNamed ? `${named} and ${all.length - mostNamed} more` : named;
  return refused(
    session,
    `The identity provider does not offer session ${sessionName} the role ${roleArn} with ${idpArn}. ` +
      (list === '' ? 'It offers no role.' : `It offers ${list}.`),
    list === ''
      ? 'Ask the administrator of the identity provider for the role.'
      : `Choose one of them: stint session edit ${sessionId} --role-arn ARN --idp-arn ARN`,
  );
}

/**
 * The Problem that says what a failure of AssumeRoleWithSAML means (STS API Reference, "AssumeRoleWithSAML",
 * Errors; IAM User Guide "Troubleshoot SAML federation with IAM").
 */
export function samlProblem(
  error: unknown,
  session: AwsIamRoleFederatedSession,
  endpoint: string,
): unknown {
  const { sessionName, roleArn, idpArn } = session;
  const name = nameOf(error);
  const message = messageOf(error);
  switch (name) {
    case 'ExpiredTokenException':
      return refused(
        session,
        `AWS refused the sign-in response for session ${sessionName} as too old: ${message}`,
        'Start it again. If that fails too, check the clock of the identity provider.',
        error,
      );
    case 'InvalidIdentityTokenException':
    case 'InvalidIdentityToken':
      return refused(
        session,
        `AWS did not accept the sign-in response for session ${sessionName}: ${message}`,
        `Check that ${idpArn} has the identity provider's current metadata.`,
        error,
      );
    case 'IDPRejectedClaimException':
    case 'IDPRejectedClaim':
      return refused(
        session,
        `The identity provider refused the sign-in of session ${sessionName}: ${message}`,
        'Sign in again, or ask the administrator of the identity provider.',
        error,
      );
    case 'AccessDenied':
    case 'AccessDeniedException':
      return refused(
        session,
        `AWS denied session ${sessionName} the role ${roleArn}: ${message}`,
        `Check that the role exists and that its trust policy names ${idpArn}.`,
        error,
      );
    default:
      return stsProblem(error, session, endpoint);
  }
}

function refused(
  { sessionId }: AwsIamRoleFederatedSession,
  detail: string,
  next: string,
  cause?: unknown,
): Problem {
  return new Problem('cloud-refused', { detail, next, sessionId, cause });
}
