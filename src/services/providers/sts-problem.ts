import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { httpStatusOf, isCancelled, messageOf, nameOf, unreachable } from '../network/sdk-error.ts';

type Named = Pick<Session, 'sessionId' | 'sessionName' | 'type'>;

/** Whether STS refused the MFA code itself, so that asking for another one makes sense. */
export function isMfaCodeRefused(error: unknown): boolean {
  return (
    nameOf(error) === 'AccessDenied' && /invalid MFA one time pass code/i.test(messageOf(error))
  );
}

/** Whether STS does not know the device as one of the user's: every code of it would be refused. */
function isDeviceRefused(error: unknown): boolean {
  return /unable to validate MFA code/i.test(messageOf(error));
}

/** Whether AWS no longer accepts the temporary credentials that a call was signed with. */
export function areKeysRefused(error: unknown): boolean {
  return ['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId'].includes(nameOf(error));
}

/**
 * The Problem that says what an STS failure means (STS API Reference, "Common Errors"). Anything
 * that does not come from the service or the network is returned unchanged.
 */
export function stsProblem(error: unknown, session: Named, endpoint: string): unknown {
  if (error instanceof Problem || isCancelled(error)) return error;
  const { sessionId, sessionName, type } = session;
  const away = unreachable(error, {
    service: `AWS STS at ${endpoint}`,
    about: `session ${sessionName}`,
    sessionId,
  });
  if (away !== undefined) return away;
  const refused = (detail: string, next: string) =>
    new Problem('cloud-refused', { detail, next, sessionId, cause: error });
  const name = nameOf(error);
  switch (name) {
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return refused(
        `The credentials that session ${sessionName} signs in with have expired, says AWS: ${messageOf(error)}`,
        `Start it again: stint start ${sessionId}. If that fails too, check the clock of this machine.`,
      );
    case 'InvalidClientTokenId':
      if (type !== 'awsIamUser') {
        return refused(
          `AWS does not know the credentials that session ${sessionName} signs with.`,
          'Check the parent session: its keys may be deleted, or belong to another partition.',
        );
      }
      return refused(
        `AWS does not know the access key of session ${sessionName}: it was deleted or is inactive.`,
        `Give it an active key: stint session edit ${sessionId} --access-keys`,
      );
    case 'SignatureDoesNotMatch':
    case 'IncompleteSignature':
      return refused(
        `AWS refused the signature of session ${sessionName}: ${messageOf(error)}`,
        'Check the secret access key and the clock of this machine.',
      );
    case 'AccessDenied':
    case 'AccessDeniedException':
      if (isDeviceRefused(error)) {
        return refused(
          `AWS does not accept the MFA device of session ${sessionName}: ${messageOf(error)}`,
          `Set a virtual or hardware device of the same user: stint session edit ${sessionId} --mfa-serial ARN`,
        );
      }
      return refused(
        `AWS denied session ${sessionName}: ${messageOf(error)}`,
        'Check the policies of the user or role, and whether they ask for an MFA device.',
      );
    case 'MalformedPolicyDocument':
    case 'MalformedPolicyDocumentException':
    case 'PackedPolicyTooLarge':
    case 'PackedPolicyTooLargeException':
      return refused(
        `AWS refused the session policies for ${sessionName}: ${messageOf(error)}`,
        'Correct or shorten them: those of --policy and --policy-arn, or of the session.',
      );
    default:
  }
  const status = httpStatusOf(error);
  if (status !== undefined && status >= 400) {
    return refused(
      `AWS refused session ${sessionName}: ${name}: ${messageOf(error)}`,
      'Check the fields of the session.',
    );
  }
  return error;
}
