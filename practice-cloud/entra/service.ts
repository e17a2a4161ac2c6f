import { randomUUID } from 'node:crypto';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { formOf, type Asked } from './asked.ts';
import { tenantOf } from './authority.ts';
import { startDeviceCode } from './device-code.ts';
import { instanceDiscovery, openidConfiguration } from './discovery.ts';
import { EntraFault, failure, faultAnswer, json, throttled, type OauthError } from './fault.ts';
import type { EntraEndpoint } from './endpoint.ts';
import { answerPages } from './pages-service.ts';
import { token } from './token.ts';

interface Operation {
  /** The name in the log of calls. */
  readonly action: string;
  readonly parameters: (request: HttpRequest) => URLSearchParams;
  readonly answer: (asked: Asked) => object | Promise<object>;
  /** OAuth's name for a tenant that isn't there, where it isn't `invalid_request`. */
  readonly unknownTenant?: OauthError;
}

const inQuery = ({ query }: HttpRequest) => new URLSearchParams(query);

/** By what follows the tenant in the path. */
const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'v2.0/.well-known/openid-configuration',
    {
      action: 'entra:OpenIdConfiguration',
      parameters: inQuery,
      answer: openidConfiguration,
      unknownTenant: 'invalid_tenant',
    },
  ],
  [
    'discovery/v2.0/keys',
    {
      action: 'entra:Keys',
      parameters: inQuery,
      answer: ({ state }) => state.entra.tokenKey.jwks(),
    },
  ],
  [
    'discovery/instance',
    { action: 'entra:InstanceDiscovery', parameters: inQuery, answer: instanceDiscovery },
  ],
  [
    'oauth2/v2.0/devicecode',
    { action: 'entra:DeviceCode', parameters: formOf, answer: startDeviceCode },
  ],
  ['oauth2/v2.0/token', { action: 'entra:Token', parameters: formOf, answer: token }],
]);

/**
 * Answers one request as Entra ID would: discovery, device codes and tokens; the pages for a person
 * beside them.
 */
export async function answerEntra(
  request: HttpRequest,
  endpoint: EntraEndpoint,
  state: CloudState,
): Promise<HttpAnswer> {
  const [, authority = '', ...rest] = request.path.split('/').map(decodeSegment);
  const operation = operations.get(rest.join('/'));
  if (operation === undefined) return answerPages(request, endpoint, state);
  const { action, parameters: read, answer, unknownTenant } = operation;
  let parameters = new URLSearchParams();
  let fault: EntraFault | undefined;
  try {
    meetFault(state);
    parameters = read(request);
    const tenant = tenantOf(authority, endpoint, state, unknownTenant);
    return json(200, await answer({ authority, tenant, parameters, endpoint, state }));
  } catch (error) {
    if (!(error instanceof EntraFault)) throw error;
    fault = error;
    return faultAnswer(error, state.now(), correlationId(request));
  } finally {
    const grantType = parameters.get('grant_type');
    state.calls.add({
      time: new Date(state.now()).toISOString(),
      action: grantType === null ? action : `${action}/${grantType.replace(/^urn:.*:/, '')}`,
      tenant: authority,
      clientId: parameters.get('client_id') ?? undefined,
      scope: parameters.get('scope') ?? undefined,
      error: fault?.code,
    });
  }
}

function meetFault({ overrides }: CloudState): void {
  const fault = overrides.nextFault();
  if (fault === 'throttle') throw throttled(overrides.current.retryAfterSeconds);
  if (fault !== undefined) throw failure(fault);
}

/** What the caller called its request, so that it finds it again in the answer. */
function correlationId(request: HttpRequest): string {
  return (
    headerValues(request, 'client-request-id')[0] ??
    new URLSearchParams(request.query).get('client-request-id') ??
    randomUUID()
  );
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
