import type { AzureCredentials } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import { nodeIn, stringIn } from '../shared/json-file/value.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import type { Entry } from './tables.ts';

const otherWay = 'give the session delivery endpoint-only and run az through "stint exec"';

/** The user's own az login lists the subscription. */
export function occupied(target: SubscriptionTarget, file: string, { node }: Entry): Problem {
  const { sessionId, sessionName, subscriptionId } = target;
  const name = stringIn(node, 'name');
  const user = stringIn(nodeIn(node, 'user'), 'name');
  const what = name === undefined ? subscriptionId : `${name} (${subscriptionId})`;
  const by = user === undefined ? '' : `, signed in as ${user}`;
  return new Problem('section-occupied', {
    detail: `${file} lists subscription ${what} from an az login of your own${by}, and session ${sessionName} is for that subscription.`,
    next: `Agree that it is put aside until the session stops (--replace-section, or "replaceSection": true), or ${otherWay}.`,
    sessionId,
  });
}

export function sameName(
  { sessionId, sessionName }: SubscriptionTarget,
  file: string,
  { account }: AzureCredentials,
): Problem {
  return new Problem('invalid-request', {
    detail: `${file} has another account named ${account.username}. The Azure CLI refuses two of one name, so that of session ${sessionName} was not added.`,
    next: `Take the other one away (az logout --username ${account.username}), or ${otherWay}.`,
    sessionId,
  });
}

/** The Azure CLI knows other clouds by a name of the user's, whose settings are not Stint's to guess. */
export function customCloud({ sessionId, sessionName, cloud }: SubscriptionTarget): Problem {
  return new Problem('invalid-request', {
    detail: `Session ${sessionName} signs in at ${cloud.authorityHost}, which is none of the Azure CLI's own clouds, so that its files have no place for the session.`,
    next: 'Give the session delivery endpoint-only and run az through "stint exec".',
    sessionId,
  });
}
