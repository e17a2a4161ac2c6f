import { StsFault } from '../sts/fault.ts';

/* Codes and statuses: IAM API Reference, "Common Errors" and the "Errors" of each action's page. */

/** "The request was rejected because it attempted to create resources beyond the current AWS limits." */
export function limitExceeded(message: string): StsFault {
  return new StsFault(409, 'LimitExceeded', message);
}

/** "The request was rejected because it referenced a resource entity that does not exist." */
export function noSuchEntity(message: string): StsFault {
  return new StsFault(404, 'NoSuchEntity', message);
}

/** A policy of the user denies the action (IAM User Guide "Troubleshoot access denied error messages"). */
export function explicitlyDenied(arn: string, action: string, userName: string): StsFault {
  return new StsFault(
    403,
    'AccessDenied',
    `User: ${arn} is not authorized to perform: iam:${action} on resource: user ${userName} with an explicit deny in an identity-based policy`,
  );
}
