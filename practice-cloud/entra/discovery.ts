import type { Asked } from './asked.ts';
import { allClouds } from './clouds.ts';
import { EntraFault } from './fault.ts';
import { tenantOf } from './authority.ts';

/**
 * `GET /{tenant}/v2.0/.well-known/openid-configuration` ("OpenID Connect on the Microsoft identity
 * platform"; OpenID Connect Discovery 1.0 §3). Unlike the real one it may name a plain
 * `authorization_endpoint` on loopback, so that a browser opens it without trusting our CA.
 */
export function openidConfiguration({ authority, tenant, endpoint }: Asked): object {
  // Any tenant's issuer is a pattern, as the real document has it.
  const issuerTenant = tenant?.tenantId ?? '{tenantid}';
  const base = `${endpoint.origin}/${tenant?.tenantId ?? authority}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${endpoint.origin}/${issuerTenant}/v2.0`,
    authorization_endpoint: `${endpoint.pagesOrigin}/${tenant?.tenantId ?? authority}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
  };
}

/**
 * `GET /common/discovery/instance`: whether a host is one of Microsoft's, and which others are the
 * same as it ("Authority validation" of MSAL). @throws EntraFault 50049
 */
export function instanceDiscovery(asked: Asked): object {
  const endpoint = asked.parameters.get('authorization_endpoint') ?? '';
  const { host = '', pathname = '' } = URL.canParse(endpoint) ? new URL(endpoint) : {};
  const isOurs = new URL(asked.endpoint.origin).host === host;
  if (!isOurs && !allClouds.some(({ signInHosts }) => signInHosts.includes(host))) {
    throw new EntraFault(50049, 'invalid_instance', 'Unknown or invalid instance.');
  }
  const authority = pathname.split('/')[1] ?? 'common';
  tenantOf(authority, asked.endpoint, asked.state);
  return {
    tenant_discovery_endpoint: `https://${host}/${authority}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: allClouds.map(({ signInHosts, cacheHost }) => ({
      preferred_network: signInHosts[0],
      preferred_cache: cacheHost,
      aliases: signInHosts,
    })),
  };
}
