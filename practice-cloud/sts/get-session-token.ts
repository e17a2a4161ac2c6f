import type { Action } from './action.ts';
import { ConstraintCheck } from './constraints.ts';
import { credentialsAnswer } from './credentials-answer.ts';
import { accessDenied } from './fault.ts';
import { provesMfa, readMfa } from './mfa.ts';

/** Source of every rule here: STS API Reference "GetSessionToken". */
export const getSessionToken: Action = (context) => {
  const { principal, parameters, issued, now } = context;
  // "You cannot call … GetSessionToken" with temporary credentials; IAM User Guide "Compare AWS STS
  // credentials".
  if (principal.kind !== 'user') {
    throw accessDenied('Cannot call GetSessionToken with session credentials');
  }
  const check = new ConstraintCheck(parameters);
  // 15 minutes to 36 hours, 12 hours by default.
  const seconds = check.integer('DurationSeconds', { min: 900, max: 129_600 }, 43_200);
  const mfaParameters = readMfa(check);
  check.end();
  const mfa = provesMfa(mfaParameters, context);
  const credentials = issued.issue(
    { ...principal, kind: 'userSession', mfa },
    now,
    context.lifetime(seconds),
  );
  return { Credentials: credentialsAnswer(credentials) };
};
