import { headerValues, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { clouds } from '../entra/clouds.ts';
import { issuerOf } from '../entra/token-answer.ts';
import type { Tenant } from '../entra/tenant.ts';
import { ManagerFault } from './fault.ts';
import type { ManagerEndpoint } from './endpoint.ts';

/** The caller, as named by the token. */
export interface Caller {
  readonly tenant: Tenant;
  readonly objectId: string;
  /** As refusals call them: the user, or the application. */
  readonly name: string;
  /** Not an application. */
  readonly isPerson: boolean;
  readonly hasSecondFactor: boolean;
}

/**
 * Reads and judges the bearer token: by whom it was signed, for whom, until when, and of a tenant that
 * is still there. Source: "Azure REST API reference", section "Create the request" (`Authorization`);
 * "Access tokens in the Microsoft identity platform", section "Validate tokens".
 * @throws ManagerFault 401
 */
export async function callerOf(
  request: HttpRequest,
  endpoint: ManagerEndpoint,
  state: CloudState,
): Promise<Caller> {
  const [authorization] = headerValues(request, 'authorization');
  const challenge = `Bearer authorization_uri="${endpoint.entraOrigin}/", error="invalid_token", error_description="The authentication failed because of missing 'Authorization' header."`;
  if (authorization === undefined) {
    throw new ManagerFault(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
      { challenge },
    );
  }
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
  if (token === undefined) {
    throw invalid(
      "The 'Authorization' header is provided in an invalid format.",
      'AuthenticationFailedInvalidHeader',
    );
  }
  const claims = await state.entra.tokenKey.claims(token);
  if (claims === undefined) throw invalid('The access token is invalid.');
  const audience = String(claims.aud);
  const allowed = endpoint.clouds.flatMap(({ resources }) =>
    resources.resourceManager.flatMap((name) => [`${name}/`, name]),
  );
  if (!allowed.includes(audience)) {
    throw invalid(
      `The access token has been obtained for wrong audience or resource '${audience}'. It should exactly match with one of the allowed audiences '${allowed.join("','")}'.`,
      'InvalidAuthenticationTokenAudience',
    );
  }
  const now = state.now();
  const expiry = Number(claims.exp) * 1000;
  if (now >= expiry) {
    throw invalid(
      `The access token expiry UTC time '${usTime(expiry)}' is earlier than current UTC time '${usTime(now)}'.`,
      'ExpiredAuthenticationToken',
    );
  }
  if (now < Number(claims.nbf) * 1000) throw invalid('The access token is not valid yet.');
  const tenant = state.entra.directory.tenant(String(claims['tid']));
  if (
    tenant === undefined ||
    claims.iss !== issuerOf(tenant) ||
    !endpoint.clouds.includes(clouds[tenant.cloud])
  ) {
    throw invalid('The access token is from the wrong issuer.', 'InvalidAuthenticationTokenTenant');
  }
  return {
    tenant,
    objectId: String(claims['oid']),
    name: String(claims['unique_name'] ?? claims['appid']),
    isPerson: claims['idtyp'] !== 'app',
    hasSecondFactor: Array.isArray(claims['amr']) && claims['amr'].includes('mfa'),
  };
}

function invalid(message: string, code = 'InvalidAuthenticationToken'): ManagerFault {
  return new ManagerFault(401, code, message, {
    challenge: `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${message}"`,
  });
}

/** `1/18/2023 5:10:42 PM`, as Resource Manager writes times in its refusals. */
function usTime(time: number): string {
  return new Date(time).toLocaleString('en-US', { timeZone: 'UTC' }).replace(/[,\s]+/g, ' ');
}
