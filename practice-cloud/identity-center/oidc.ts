import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { json, oidcFault } from './fault.ts';
import { makeUserCode, secret, type Registration, type Token } from './grants.ts';
import { bodyOf } from './json-body.ts';
import { deviceGrant, grantsOf, grantTypes } from './register-client.ts';

/*
 * The sign-in service. Source, where nothing else is named: IAM Identity Center OIDC API Reference,
 * the page of each action.
 */

const accountScope = 'sso:account:access';

/** A device code is valid for ten minutes. */
const deviceSeconds = 600;
/** RFC 8628 §3.5: five seconds, and five more at each `slow_down`. */
const deviceInterval = 5;
/** Early by this is delay of the network, not impatience, in milliseconds. */
const tolerance = 500;
/** Clients without scopes get this, and nothing to refresh it with. */
const legacySeconds = 28_800;

const deviceBody = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  startUrl: z.string(),
});

/** RFC 8628 §3.2. */
export function startDeviceAuthorization(request: HttpRequest, state: CloudState): HttpAnswer {
  const body = bodyOf(deviceBody, request);
  const { grants } = state.centers;
  const registration = clientOf(body, state);
  mayUse(registration, deviceGrant);
  const center = state.centers.at(body.startUrl);
  if (center === undefined) throw oidcFault('InvalidRequestException', 'Invalid start URL');
  const [deviceCode, userCode] = [secret(48), makeUserCode()];
  grants.devices.set(deviceCode, {
    deviceCode,
    userCode,
    clientId: registration.clientId,
    center,
    expiresAt: state.now() + deviceSeconds * 1000,
    interval: deviceInterval,
    lastLook: undefined,
    decision: undefined,
    used: false,
  });
  const verificationUri = `${state.ssoEndpoint()}/device`;
  return json(200, {
    deviceCode,
    userCode,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
    expiresIn: deviceSeconds,
    interval: deviceInterval,
  });
}

const tokenBody = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  grantType: z.string(),
  deviceCode: z.string().optional(),
  code: z.string().optional(),
  codeVerifier: z.string().optional(),
  redirectUri: z.string().optional(),
  refreshToken: z.string().optional(),
});
type TokenBody = z.output<typeof tokenBody>;

export function createToken(request: HttpRequest, state: CloudState): HttpAnswer {
  const body = bodyOf(tokenBody, request);
  const registration = clientOf(body, state);
  if (!grantTypes.includes(body.grantType)) {
    throw oidcFault('UnsupportedGrantTypeException', `Unsupported grant type: ${body.grantType}`);
  }
  mayUse(registration, body.grantType);
  switch (body.grantType) {
    case deviceGrant:
      return tokenAnswer(byDevice(body, state), registration, state);
    case 'authorization_code':
      return tokenAnswer(byCode(body, state), registration, state);
    default:
      return tokenAnswer(byRefresh(body, state), registration, state);
  }
}

type Granted = Pick<Token, 'center' | 'user'>;

/** RFC 8628 §3.5. */
function byDevice({ clientId, deviceCode = '' }: TokenBody, state: CloudState): Granted {
  const grant = state.centers.grants.devices.get(deviceCode);
  if (grant === undefined || grant.clientId !== clientId || grant.used) {
    throw oidcFault('InvalidGrantException', 'Invalid device code');
  }
  const now = state.now();
  if (now >= grant.expiresAt) throw oidcFault('ExpiredTokenException', 'Device code expired');
  const early =
    grant.lastLook !== undefined && now - grant.lastLook < grant.interval * 1000 - tolerance;
  grant.lastLook = now;
  if (early) {
    grant.interval += 5;
    throw oidcFault('SlowDownException', 'Slow down');
  }
  if (grant.decision === undefined) {
    throw oidcFault('AuthorizationPendingException', 'Authorization pending');
  }
  if (grant.decision === 'denied') throw oidcFault('AccessDeniedException', 'Access denied');
  grant.used = true;
  return { center: grant.center, user: grant.decision };
}

/** RFC 6749 §4.1.3 and RFC 7636 §4.6. */
function byCode(body: TokenBody, state: CloudState): Granted {
  const { codes } = state.centers.grants;
  const grant = codes.get(body.code ?? '');
  // A code works once, whatever comes of it.
  codes.delete(body.code ?? '');
  const proof = createHash('sha256')
    .update(body.codeVerifier ?? '')
    .digest('base64url');
  if (
    grant === undefined ||
    grant.clientId !== body.clientId ||
    grant.redirectUri !== body.redirectUri ||
    grant.challenge !== proof ||
    state.now() >= grant.expiresAt
  ) {
    throw oidcFault('InvalidGrantException', 'Invalid grant provided');
  }
  return { center: grant.center, user: grant.user };
}

/** RFC 6749 §6; the refresh token is replaced at each use. */
function byRefresh({ clientId, refreshToken = '' }: TokenBody, state: CloudState): Granted {
  const token = state.centers.grants.redeem(refreshToken);
  if (token === undefined || token.clientId !== clientId) {
    throw oidcFault('InvalidGrantException', 'Invalid refresh token provided');
  }
  return token;
}

function tokenAnswer(
  { center, user }: Granted,
  registration: Registration,
  { centers, now }: CloudState,
): HttpAnswer {
  const { clientId, scopes } = registration;
  const isScoped = scopes.includes(accountScope);
  const seconds = isScoped ? center.options.accessTokenSeconds : legacySeconds;
  const refreshable =
    isScoped && grantsOf(registration).includes('refresh_token') && center.options.refresh;
  const token = centers.grants.issue(
    { clientId, center, user, expiresAt: now() + seconds * 1000 },
    refreshable,
  );
  return json(200, {
    accessToken: token.accessToken,
    tokenType: 'Bearer',
    expiresIn: seconds,
    ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken }),
  });
}

function clientOf(
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  { centers, now }: CloudState,
): Registration {
  const registration = centers.grants.registrations.get(clientId);
  if (registration?.clientSecret !== clientSecret) {
    throw oidcFault('InvalidClientException', 'Invalid client');
  }
  if (now() >= registration.expiresAt) {
    throw oidcFault('InvalidClientException', 'Client registration expired');
  }
  return registration;
}

function mayUse(registration: Registration, grant: string): void {
  if (grantsOf(registration).includes(grant)) return;
  throw oidcFault(
    'UnauthorizedClientException',
    'The client is not registered for this grant type.',
  );
}
