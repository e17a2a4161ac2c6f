import type { FederatedUserPrincipal } from '../identity/principal.ts';
import type { Action } from './action.ts';
import { ConstraintCheck } from './constraints.ts';
import { credentialsAnswer } from './credentials-answer.ts';
import { accessDenied } from './fault.ts';
import {
  checkSessionPolicies,
  keptPolicies,
  packedPolicySize,
  readSessionPolicies,
} from './session-policies.ts';

/** Source of every rule here: STS API Reference "GetFederationToken". */
export const getFederationToken: Action = ({ principal, parameters, issued, now, lifetime }) => {
  // "You must call the GetFederationToken operation using the long-term security credentials of an IAM user."
  if (principal.kind !== 'user') {
    throw accessDenied('Cannot call GetFederationToken with session credentials');
  }
  const check = new ConstraintCheck(parameters);
  const name = check.text('Name', {
    required: true,
    minLength: 2,
    maxLength: 32,
    pattern: '[\\w+=,.@-]*',
  });
  // 15 minutes to 36 hours, 12 hours by default.
  const seconds = check.integer('DurationSeconds', { min: 900, max: 129_600 }, 43_200);
  const policies = readSessionPolicies(check, parameters);
  check.end();
  checkSessionPolicies(policies, principal);
  const { partition, accountId } = principal;
  const federated: FederatedUserPrincipal = {
    kind: 'federatedUser',
    partition,
    accountId,
    arn: `arn:${partition}:sts::${accountId}:federated-user/${name}`,
    userId: `${accountId}:${name}`,
    user: principal,
    policies: keptPolicies(policies),
  };
  return {
    Credentials: credentialsAnswer(issued.issue(federated, now, lifetime(seconds))),
    FederatedUser: { FederatedUserId: federated.userId, Arn: federated.arn },
    PackedPolicySize: packedPolicySize(policies, { tags: new Map(), transitiveKeys: [] }),
  };
};
