import { secret } from '../identity-center/grants.ts';
import { isChallenged, requireParameter, type Asked } from './asked.ts';
import { applicationOf } from './authority.ts';
import { EntraFault } from './fault.ts';
import { makeUserCode, type SignedIn } from './grants.ts';
import type { AskedScopes } from './scopes.ts';
import { readScopes } from './scopes.ts';
import type { Application } from './application.ts';

/*
 * Source: "Microsoft identity platform and the OAuth 2.0 device authorization grant flow". It lists
 * four errors; `slow_down` of RFC 8628 is not among them, so a client that polls too often gets `authorization_pending`.
 */

const deviceSeconds = 900;

/** `POST /{tenant}/oauth2/v2.0/devicecode` */
export function startDeviceCode(asked: Asked): object {
  const { authority, tenant, endpoint, state } = asked;
  const application = applicationOf(requireParameter(asked, 'client_id'), authority, tenant, state);
  const scopes = readScopes(requireParameter(asked, 'scope'), endpoint.clouds);
  if (!application.isPublic) {
    throw new EntraFault(
      7000218,
      'invalid_client',
      `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
    );
  }
  const [deviceCode, userCode] = [secret(120), makeUserCode()];
  state.entra.grants.devices.set(deviceCode, {
    deviceCode,
    userCode,
    application,
    authority,
    scopes,
    challenged: isChallenged(asked),
    expiresAt: state.now() + deviceSeconds * 1000,
    decision: undefined,
    used: false,
  });
  const page = `${endpoint.pagesOrigin}/devicelogin`;
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: deviceSeconds,
    interval: state.overrides.current.deviceIntervalSeconds,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
}

/** The user who confirmed the code. @throws EntraFault 70016, 70018, 70020, 65004 */
export function redeemDeviceCode(
  application: Application,
  asked: Asked,
): { readonly signedIn: SignedIn; readonly scopes: AskedScopes } {
  const { state, parameters } = asked;
  // The name that clients of the first version of the endpoint use.
  const deviceCode = parameters.get('device_code') ?? requireParameter(asked, 'code');
  const grant = state.entra.grants.devices.get(deviceCode);
  if (grant === undefined || grant.application !== application || grant.used) {
    throw new EntraFault(
      70018,
      'bad_verification_code',
      'Invalid verification code due to User typing in wrong user code for device code flow.',
    );
  }
  if (state.now() >= grant.expiresAt) {
    throw new EntraFault(
      70020,
      'expired_token',
      `The provided value for the input parameter 'device_code' is not valid. This device code has expired.`,
    );
  }
  if (grant.decision === undefined) {
    throw new EntraFault(
      70016,
      'authorization_pending',
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    );
  }
  if (grant.decision === 'declined') {
    // The page names no number for it; this is that of a person who declines ("UserDeclinedConsent").
    throw new EntraFault(
      65004,
      'authorization_declined',
      'The end user denied the authorization request.',
    );
  }
  grant.used = true;
  return { signedIn: grant.decision, scopes: grant.scopes };
}
