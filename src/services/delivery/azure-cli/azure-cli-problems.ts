import type { AzureCredentials } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import { memberOf, stringIn } from '../shared/json/node.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import type { Entry } from './tables.ts';

const otherWay = 'give the session delivery endpoint-only and run az with "stint exec"';

/** The user's own az login lists the subscription already. */
export function occupied(target: SubscriptionTarget, file: string, { node }: Entry): Problem {
  const { sessionId, sessionName, subscriptionId } = target;
  const name = stringIn(node, 'name');
  const user = stringIn(memberOf(node, 'user'), 'name');
  const what = name === undefined ? subscriptionId : `${name} (${subscriptionId})`;
  const by = user === undefined ? '' : `, signed in as ${user}`;
  return new Problem('section-occupied', {
    detail: `${file} already lists subscription ${what} from your own az login${by}, and session ${sessionName} is for that subscription.`,
    next: `Allow Stint to move it aside while the session is active (--replace-section, or "replaceSection": true), or ${otherWay}.`,
    sessionId,
  });
}

export function sameName(
  { sessionId, sessionName }: SubscriptionTarget,
  file: string,
  { account }: AzureCredentials,
): Problem {
  return new Problem('invalid-request', {
    detail: `${file} has another account named ${account.username}. The Azure CLI refuses two accounts with one name, so Stint did not add that of session ${sessionName}.`,
    next: `Sign the other account out (az logout --username ${account.username}), or ${otherWay}.`,
    sessionId,
  });
}

/** The user names other clouds in the Azure CLI; Stint cannot guess that name. */
export function customCloud({ sessionId, sessionName, cloud }: SubscriptionTarget): Problem {
  return new Problem('invalid-request', {
    detail: `Session ${sessionName} signs in at ${cloud.authorityHost}, which is not one of the Azure CLI's built-in clouds, so its files cannot hold the session.`,
    next: 'Give the session delivery endpoint-only and run az with "stint exec".',
    sessionId,
  });
}
