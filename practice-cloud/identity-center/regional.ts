import type { Handler } from '../http/exchange.ts';
import { meetNetwork } from '../http/network-faults.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { answerIdentityCenter } from './service.ts';

/*
 * The endpoints of Identity Center by region, under AWS's own names (AWS General Reference, "IAM Identity
 * Center endpoints"). An instance that was added to a second region answers in both; what was issued
 * in one is unknown in the other (IAM Identity Center User Guide, "API support in additional
 * Regions").
 */

const regions = ['eu-central-1', 'eu-west-1'];

/** Handlers by host name, for the proxy of the practice cloud. */
export function regionalHosts(state: CloudState): Readonly<Record<string, Handler>> {
  /** Client ids and tokens, and the region that issued each. */
  const issuedIn = new Map<string, string>();
  return Object.fromEntries(
    regions.flatMap((region) => {
      const handle: Handler = async (request, signal) => {
        const { downRegions } = state.overrides.current;
        if (downRegions.includes(region)) return { status: 503, headers: {}, body: '' };
        const passage = await meetNetwork(state.overrides.current, signal);
        return passage === 'drop' ? passage : answerIn(region, request, state, issuedIn);
      };
      return [
        [`oidc.${region}.amazonaws.com`, handle],
        [`portal.sso.${region}.amazonaws.com`, handle],
      ];
    }),
  );
}

function answerIn(
  region: string,
  request: HttpRequest,
  state: CloudState,
  issuedIn: Map<string, string>,
): HttpAnswer {
  const { clientId, refreshToken } = membersOf(request.body.toString());
  const bearer = request.headers.find(([name]) => name.toLowerCase() === 'x-amz-sso_bearer_token');
  const isForeign = [clientId, refreshToken, bearer?.[1]].some(
    (one) => one !== undefined && (issuedIn.get(one) ?? region) !== region,
  );
  if (isForeign) {
    const type = bearer === undefined ? 'InvalidClientException' : 'UnauthorizedException';
    return {
      status: 401,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
      body: JSON.stringify({ error: 'invalid_client', message: 'Issued in another Region' }),
    };
  }
  const answer = answerIdentityCenter(request, state);
  const issued = membersOf(answer.body);
  for (const one of [issued.clientId, issued.accessToken, issued.refreshToken]) {
    if (one !== undefined) issuedIn.set(one, region);
  }
  return answer;
}

function membersOf(body: string): {
  readonly clientId?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
} {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
