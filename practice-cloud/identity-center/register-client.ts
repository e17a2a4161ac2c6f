import * as z from 'zod';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { json, oidcFault } from './fault.ts';
import { secret, type Registration } from './grants.ts';
import { bodyOf } from './json-body.ts';

/*
 * RegisterClient. Source, where nothing else is named: IAM Identity Center OIDC API Reference,
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html.
 */

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
export const grantTypes = ['authorization_code', 'refresh_token', deviceGrant];

/** A registration is valid for 90 days. */
const registrationSeconds = 90 * 86_400;

const registerBody = z.object({
  /** Other characters are refused, and longer names (https://github.com/sorah/mairu, commit bf6b0b7). */
  clientName: z.string().regex(/^[\x20-\x7e]{1,128}$/),
  clientType: z.string(),
  scopes: z.array(z.string()).default([]),
  redirectUris: z.array(z.string()).default([]),
  grantTypes: z.array(z.string()).default([]),
  issuerUrl: z.string().optional(),
});

export function registerClient(request: HttpRequest, { centers, now }: CloudState): HttpAnswer {
  const body = bodyOf(registerBody, request);
  if (body.clientType !== 'public') {
    throw oidcFault('InvalidClientMetadataException', 'Only public clients are supported.');
  }
  const unknownGrant = body.grantTypes.find((grant) => !grantTypes.includes(grant));
  if (unknownGrant !== undefined) {
    throw oidcFault('UnsupportedGrantTypeException', `Unsupported grant type: ${unknownGrant}`);
  }
  // AWS answers without a message (https://github.com/synfinatic/aws-sso-cli/issues/1359).
  if (body.grantTypes.includes('authorization_code') && body.grantTypes.includes(deviceGrant)) {
    throw oidcFault('InvalidScopeException', '');
  }
  if (body.scopes.some((scope) => !/^sso:account:access$|^codewhisperer:|^openid$/.test(scope))) {
    throw oidcFault('InvalidScopeException', 'Invalid scope');
  }
  if (!body.redirectUris.every(isLoopback)) {
    throw oidcFault('InvalidRedirectUriException', 'Redirect URIs have to be loopback addresses.');
  }
  const registration: Registration = {
    clientId: secret(16),
    clientSecret: secret(300),
    issuedAt: now(),
    expiresAt: now() + registrationSeconds * 1000,
    scopes: body.scopes,
    grantTypes: body.grantTypes,
    redirectUris: body.redirectUris,
    issuerUrl: body.issuerUrl,
  };
  centers.grants.registrations.set(registration.clientId, registration);
  return json(200, {
    clientId: registration.clientId,
    clientSecret: registration.clientSecret,
    clientIdIssuedAt: Math.floor(registration.issuedAt / 1000),
    clientSecretExpiresAt: Math.floor(registration.expiresAt / 1000),
  });
}

/**
 * What a client may use. One that names no grant types uses device codes, and gets a refresh token
 * by its scope (AWS CLI v2, `SSOTokenFetcher` in `awscli/botocore/utils.py`).
 */
export function grantsOf({ grantTypes: named }: Registration): readonly string[] {
  return named.length === 0 ? [deviceGrant, 'refresh_token'] : named;
}

/** RFC 8252 §7.3: any port of a loopback address that was registered. */
export function isRegisteredRedirect(registered: readonly string[], uri: string): boolean {
  const withoutPort = (text: string) => {
    if (!URL.canParse(text)) return undefined;
    const url = new URL(text);
    url.port = '';
    return url.href;
  };
  return isLoopback(uri) && registered.some((one) => withoutPort(one) === withoutPort(uri));
}

/** AWS takes no IPv6 address: the AWS CLI v2 registers `http://127.0.0.1/oauth/callback` alone. */
function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname);
}
