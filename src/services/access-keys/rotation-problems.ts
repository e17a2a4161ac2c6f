import { shortKeyId } from '../../models/access-key.ts';
import type { AwsAccessKeys } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { AwsIamUserSession } from '../../models/session.ts';

/** `error`, with the reassurance that the old key is in use as before. */
export function nothingChanged({ sessionId }: AwsIamUserSession, error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { details } = error;
  return new Problem(error.code, {
    ...details,
    detail: `${details.detail} Nothing has changed: the session still uses its old access key.`,
    sessionId,
  });
}

/**
 * AWS may have made a key whose secret nobody knows. `unknown`: the user's keys that Stint does not know;
 * undefined while AWS does not say. Stint deletes none of them: somebody else may have made one.
 */
export function answerLost(
  session: AwsIamUserSession,
  unknown: readonly string[] | undefined,
  error?: unknown,
): unknown {
  if (error !== undefined && !(error instanceof Problem)) return error;
  const { sessionId, sessionName } = session;
  const before = error?.details.detail ?? 'The answer of AWS to a new access key got lost.';
  return new Problem(error?.code ?? 'key-rotation-conflict', {
    detail: `${before} Session ${sessionName} still uses its old access key. ${lostWords(unknown)}`,
    next:
      'Look in the IAM console (Users, Security credentials) or with aws iam list-access-keys, delete a key ' +
      `that nothing uses, and try again: stint session rotate-keys ${sessionId}`,
    sessionId,
    cause: error,
  });
}

function lostWords(unknown: readonly string[] | undefined): string {
  if (unknown === undefined) {
    return 'AWS may have made a new one, whose secret is lost; Stint looks again automatically, and names it in the history.';
  }
  if (unknown.length === 0) {
    return 'AWS lists no new one. One that turns up later may be of this rotation: its secret is lost.';
  }
  const keys = unknown.map(shortKeyId).join(' and ');
  return `AWS lists ${keys}, which Stint does not know: it may be of this rotation, with its secret lost, or of somebody else. Stint leaves it.`;
}

/** `error`, and a new key that could not be deleted because of `left`. */
export function leftBehind(
  { sessionId, sessionName }: AwsIamUserSession,
  error: unknown,
  left: unknown,
  { newKeys, isRetried }: { readonly newKeys: AwsAccessKeys; readonly isRetried: boolean },
): unknown {
  if (!(error instanceof Problem) || !(left instanceof Problem)) return error;
  return new Problem(error.code, {
    detail:
      `${error.details.detail} Session ${sessionName} still uses its old access key. ` +
      `The new access key ${shortKeyId(newKeys.accessKeyId)} is left at AWS, because its deletion ` +
      `failed: ${left.details.detail}`,
    next:
      (isRetried ? 'Stint retries automatically. You can also delete it: ' : 'Delete it: ') +
      'IAM console, Users, Security credentials; or aws iam delete-access-key.',
    sessionId,
    cause: error,
  });
}

/** `error`, and the rest is for later: both keys are there, and the session has one that works. */
export function unfinished({ sessionId, sessionName }: AwsIamUserSession, error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { details } = error;
  return new Problem(error.code, {
    ...details,
    detail: `${details.detail} The rotation of the access key of session ${sessionName} is unfinished.`,
    next:
      `${details.next} Stint then continues automatically, or at once: ` +
      `stint session rotate-keys ${sessionId}`,
    sessionId,
    cause: error,
  });
}

/** The old key is not deleted automatically. */
export function activeAgain(session: AwsIamUserSession, oldKeys: AwsAccessKeys): Problem {
  const { sessionId, sessionName } = session;
  return rotationConflict(
    session,
    `The old access key ${shortKeyId(oldKeys.accessKeyId)} of session ${sessionName} was activated again, so Stint does not delete it automatically.`,
    `Deactivate it, or delete it: stint session rotate-keys ${sessionId} --finish`,
  );
}

/** The old key may or may not be deactivated: AWS did not say. */
export function unsure(
  { sessionId, sessionName }: AwsIamUserSession,
  oldKeys: AwsAccessKeys,
  error: unknown,
): unknown {
  if (!(error instanceof Problem)) return error;
  return new Problem(error.code, {
    detail:
      `${error.details.detail} Session ${sessionName} uses its new access key; whether the old one, ` +
      `${shortKeyId(oldKeys.accessKeyId)}, is deactivated is not known.`,
    next: `Stint retries automatically, or at once: stint session rotate-keys ${sessionId}`,
    sessionId,
    cause: error,
  });
}

export function rotationConflict(
  { sessionId }: AwsIamUserSession,
  detail: string,
  next: string,
): Problem {
  return new Problem('key-rotation-conflict', { detail, next, sessionId });
}
