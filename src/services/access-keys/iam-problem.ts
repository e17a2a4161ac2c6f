import { shortKeyId } from '../../models/access-key.ts';
import { Problem } from '../../models/problem.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import { httpStatusOf, isCancelled, messageOf, nameOf, unreachable } from '../network/sdk-error.ts';

/** The IAM actions of a rotation, as policies name them. */
export type IamAction =
  'ListAccessKeys' | 'CreateAccessKey' | 'UpdateAccessKey' | 'DeleteAccessKey';

/**
 * The Problem that says what an IAM failure means (IAM API Reference, "Common Errors" and the errors of
 * the four actions). Anything that does not come from the service or the network is returned unchanged.
 */
export function iamProblem(
  error: unknown,
  {
    action,
    session,
    endpoint,
    inUse,
  }: {
    readonly action: IamAction;
    readonly session: AwsIamUserSession;
    /** The id of the session's key, where it signed the call itself. */
    readonly inUse?: string | undefined;
    /** Such as " at http://localhost:4566"; empty for AWS's own. */
    readonly endpoint: string;
  },
): unknown {
  if (error instanceof Problem || isCancelled(error)) return error;
  const { sessionId, sessionName } = session;
  const away = unreachable(error, {
    service: `AWS IAM${endpoint}`,
    about: `session ${sessionName}`,
    sessionId,
  });
  if (away !== undefined) return away;
  const refused = (detail: string, next: string) =>
    new Problem('cloud-refused', { detail, next, sessionId, cause: error });
  switch (nameOf(error)) {
    case 'LimitExceeded':
    case 'LimitExceededException':
      return twoKeys(session, { inUse, cause: error });
    case 'AccessDenied':
    case 'AccessDeniedException':
      return refused(
        `AWS denied session ${sessionName} the action iam:${action}: ${messageOf(error)}`,
        deniedNext(session),
      );
    case 'InvalidClientTokenId':
    case 'InvalidClientTokenIdException':
      return refused(
        `AWS IAM does not know the access key of session ${sessionName}: it was deleted or is inactive.`,
        `Give it an active key: stint session edit ${sessionId} --access-keys`,
      );
    default:
  }
  const status = httpStatusOf(error);
  if (status === undefined || status < 400) return error;
  return refused(
    `AWS IAM refused iam:${action} of session ${sessionName}: ${nameOf(error)}: ${messageOf(error)}`,
    'Try again. If it fails again, rotate the key in the IAM console and enter it: ' +
      `stint session edit ${sessionId} --access-keys`,
  );
}

/**
 * IAM User Guide "Manage access keys for IAM users": two keys per user at most. `inUse`: the key of the
 * session; `ids`: those of the user, where known.
 */
export function twoKeys(
  { sessionId, sessionName }: AwsIamUserSession,
  {
    inUse,
    ids = [],
    cause,
  }: {
    readonly inUse: string | undefined;
    readonly ids?: readonly string[];
    readonly cause?: unknown;
  },
): Problem {
  const others = ids
    .filter((id) => id !== inUse)
    .slice(0, 2)
    .map(shortKeyId);
  const other = others.length === 0 ? 'the other key' : others.join(' and ');
  return new Problem('cloud-refused', {
    detail:
      `The user of session ${sessionName} has two access keys already, and AWS allows no third.` +
      (inUse === undefined ? '' : ` The session uses ${shortKeyId(inUse)}.`),
    next:
      `If nothing uses ${other}, delete it in the IAM console or with aws iam delete-access-key, and try ` +
      `again: stint session rotate-keys ${sessionId}`,
    sessionId,
    cause,
  });
}

/** Whether AWS said no, so that nothing has changed there. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Problem) || error.code !== 'cloud-refused') return false;
  const { cause } = error.details;
  return cause instanceof Error && (httpStatusOf(cause) ?? 0) >= 400;
}

/** IAM User Guide "AWS: Allows MFA-authenticated IAM users to manage their own credentials". */
function deniedNext({ sessionId, mfaSerial }: AwsIamUserSession): string {
  const allow =
    'allow the user iam:ListAccessKeys, iam:CreateAccessKey, iam:UpdateAccessKey and iam:DeleteAccessKey on itself';
  return mfaSerial === undefined
    ? `If its policies ask for MFA, name the device: stint session edit ${sessionId} --mfa-serial ARN. Otherwise an administrator has to ${allow}.`
    : `The call was made with an MFA code. An administrator has to ${allow}.`;
}
