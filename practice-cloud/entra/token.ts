import { createHash } from 'node:crypto';
import type { Application } from './application.ts';
import { requireParameter, type Asked } from './asked.ts';
import { applicationOf, tenantFor, unknownApplication } from './authority.ts';
import { authenticateClient } from './client-authentication.ts';
import { clouds } from './clouds.ts';
import { redeemDeviceCode } from './device-code.ts';
import { EntraFault } from './fault.ts';
import type { SignedIn } from './grants.ts';
import { readScopes, type AskedScopes } from './scopes.ts';
import { applicationToken, userTokens } from './token-answer.ts';

interface Redeemed {
  readonly signedIn: SignedIn;
  readonly scopes: AskedScopes;
  readonly nonce?: string | undefined;
}

type Redeem = (application: Application, asked: Asked) => Redeemed;

/** By `grant_type`; Microsoft's libraries use the short name of the device grant. */
const grantTypes: ReadonlyMap<string, Redeem> = new Map<string, Redeem>([
  ['authorization_code', redeemCode],
  ['refresh_token', redeemRefreshToken],
  ['device_code', redeemDeviceCode],
  ['urn:ietf:params:oauth:grant-type:device_code', redeemDeviceCode],
]);

/** `POST /{tenant}/oauth2/v2.0/token` */
export async function token(asked: Asked): Promise<object> {
  const grantType = requireParameter(asked, 'grant_type');
  const clientId = requireParameter(asked, 'client_id');
  const { authority, tenant, state, endpoint } = asked;
  if (grantType === 'client_credentials') return await clientCredentials(clientId, asked);
  const redeem = grantTypes.get(grantType);
  if (redeem === undefined) {
    throw new EntraFault(
      70003,
      'unsupported_grant_type',
      `The app requested an unsupported grant type '${grantType}'.`,
    );
  }
  const application = applicationOf(clientId, authority, tenant, state);
  const proof = await authenticateClient(application, asked);
  const { signedIn, scopes, nonce } = redeem(application, asked);
  const clientInfo = asked.parameters.get('client_info') === '1';
  const client = { application, proof };
  return await userTokens({ client, scopes, nonce, clientInfo }, signedIn, endpoint, state);
}

/**
 * "OAuth 2.0 client credentials flow on the Microsoft identity platform".
 * @throws EntraFault 50059, 700016, 1002012 and those of the client's authentication
 */
async function clientCredentials(clientId: string, asked: Asked): Promise<object> {
  const { authority, tenant, state } = asked;
  if (tenant === undefined) {
    throw new EntraFault(
      50059,
      'invalid_request',
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    );
  }
  const application = applicationOf(clientId, authority, tenant, state);
  if (!application.servicePrincipals.has(tenant.tenantId)) {
    throw unknownApplication(clientId, tenant);
  }
  if (application.isPublic) {
    throw new EntraFault(
      7000218,
      'invalid_client',
      `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
    );
  }
  const proof = await authenticateClient(application, asked);
  const scope = requireParameter(asked, 'scope');
  const scopes = readScopes(scope, [clouds[tenant.cloud]]);
  if (!scopes.isDefault) {
    throw new EntraFault(
      1002012,
      'invalid_scope',
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  return await applicationToken({ application, proof }, scopes, tenant, state);
}

/**
 * "OAuth 2.0 authorization code flow", section "Redeem a code for an access token"; RFC 7636 §4.6.
 * @throws EntraFault 9002313, 54005, 70008, 700005, 500112, 50148, 501481
 */
function redeemCode(application: Application, asked: Asked): Redeemed {
  const grant = asked.state.entra.grants.codes.get(requireParameter(asked, 'code'));
  const redirectUri = requireParameter(asked, 'redirect_uri');
  if (grant?.application !== application) throw malformed();
  if (grant.used) {
    throw new EntraFault(
      54005,
      'invalid_grant',
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    );
  }
  // A code works once, whatever comes of it.
  grant.used = true;
  if (asked.state.now() >= grant.expiresAt) {
    throw new EntraFault(
      70008,
      'invalid_grant',
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    );
  }
  if (grant.tenant !== asked.tenant) {
    throw new EntraFault(
      700005,
      'invalid_grant',
      'Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate).',
    );
  }
  if (grant.redirectUri !== redirectUri) {
    throw new EntraFault(
      500112,
      'invalid_grant',
      `The reply address '${redirectUri}' does not match the reply address '${grant.redirectUri}' provided when requesting Authorization code.`,
    );
  }
  const verifier = asked.parameters.get('code_verifier');
  if (verifier === null) {
    throw new EntraFault(50148, 'invalid_grant', 'The code_verifier is missing from the request.');
  }
  if (createHash('sha256').update(verifier).digest('base64url') !== grant.challenge) {
    throw new EntraFault(
      501481,
      'invalid_grant',
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    );
  }
  return { signedIn: grant.signedIn, scopes: grant.scopes, nonce: grant.nonce };
}

/**
 * A refresh token is the user's and the client's: it works for any resource, and in any tenant the
 * user is in. Each use gives another one, and the old one keeps working ("Refresh tokens in the
 * Microsoft identity platform"; "Refresh the access token" says that old ones are not revoked).
 * @throws EntraFault 9002313, 700082, 50173, 50020
 */
function redeemRefreshToken(application: Application, asked: Asked): Redeemed {
  const { state, tenant, endpoint } = asked;
  const known = state.entra.grants.refreshToken(requireParameter(asked, 'refresh_token'));
  const isFamily = known?.application.isFirstParty === true && application.isFirstParty;
  if (known === undefined || (known.application !== application && !isFamily)) throw malformed();
  const { signedIn } = known;
  if (state.now() >= known.expiresAt) {
    throw new EntraFault(
      700082,
      'invalid_grant',
      `The refresh token has expired due to inactivity. The token was issued on ${new Date(signedIn.at).toISOString()} and was inactive for 90.00:00:00.`,
    );
  }
  const { user } = signedIn;
  if (signedIn.era !== user.era || state.entra.directory.user(user.userName) !== user) {
    throw new EntraFault(
      50173,
      'invalid_grant',
      `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${new Date(signedIn.at).toISOString()}' and the TokensValidFrom date (before which tokens are not valid) for this user is '${new Date(user.validFrom).toISOString()}'.`,
    );
  }
  const scope = asked.parameters.get('scope') ?? 'openid profile offline_access';
  return {
    signedIn: { ...signedIn, tenant: tenantFor(user, tenant, application) },
    scopes: readScopes(scope, endpoint.clouds),
  };
}

function malformed(): EntraFault {
  return new EntraFault(
    9002313,
    'invalid_grant',
    'Invalid request. Request is malformed or invalid.',
  );
}
