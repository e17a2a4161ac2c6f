import { json, ManagerFault } from './fault.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import type { Caller } from './bearer.ts';
import type { ManagerEndpoint } from './endpoint.ts';
import { getSubscription } from './subscription-answers.ts';

/**
 * `PUT` and `GET /subscriptions/{id}/resourcegroups/{name}` (Azure REST API reference, "Resource Groups -
 * Create Or Update" and "- Get").
 * @throws ManagerFault 400, 401, 403, 404
 */
export function answerResourceGroup(
  request: HttpRequest,
  { subscriptionId, name }: { readonly subscriptionId: string; readonly name: string },
  caller: Caller,
  endpoint: ManagerEndpoint,
  state: CloudState,
): HttpAnswer {
  getSubscription(subscriptionId, caller, endpoint, state);
  const { resourceGroups } = state.subscriptions.existing(subscriptionId);
  const found = resourceGroups.get(name.toLowerCase());
  if (request.method === 'GET') {
    if (found !== undefined) return json(200, found);
    throw new ManagerFault(
      404,
      'ResourceGroupNotFound',
      `Resource group '${name}' could not be found.`,
    );
  }
  requireSecondFactor(caller, endpoint);
  const group = {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location: locationIn(request),
    properties: { provisioningState: 'Succeeded' },
  };
  resourceGroups.set(name.toLowerCase(), group);
  return json(found === undefined ? 201 : 200, group);
}

/**
 * Creating, changing and deleting needs a second factor of every person, not of applications
 * ("Planning for mandatory multifactor authentication for Azure", phase 2; the challenge as in "Claims
 * challenges, claims requests, and client capabilities").
 */
function requireSecondFactor(
  { isPerson, hasSecondFactor }: Caller,
  endpoint: ManagerEndpoint,
): void {
  if (!isPerson || hasSecondFactor) return;
  const claims = { access_token: { acrs: { essential: true, values: ['p1'] } } };
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  throw new ManagerFault(
    401,
    'InsufficientClaims',
    'Users must authenticate with multi-factor authentication to create or update resources.',
    {
      challenge: `Bearer realm="", authorization_uri="${endpoint.entraOrigin}/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"`,
    },
  );
}

function locationIn({ body }: HttpRequest): string {
  try {
    const { location } = JSON.parse(body.toString('utf8')) as { readonly location?: unknown };
    if (typeof location === 'string' && location !== '') return location;
  } catch {
    throw new ManagerFault(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    );
  }
  throw new ManagerFault(
    400,
    'LocationRequired',
    'The location property is required for this definition.',
  );
}
