import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { CloudState } from '../state.ts';
import type { Application } from './application.ts';
import { checkAccess } from './access.ts';
import type { ClientProof } from './client-authentication.ts';
import { clouds } from './clouds.ts';
import type { SignedIn } from './grants.ts';
import type { EntraEndpoint } from './endpoint.ts';
import { resourceOf, type AskedScopes } from './scopes.ts';
import type { Tenant } from './tenant.ts';

/*
 * The answers of the token endpoint and the claims of its tokens. Source: "Access token claims
 * reference", "ID token claims reference" and "OAuth 2.0 authorization code flow" of the Microsoft
 * identity platform. Access tokens are of version 1.0, which is what the resources practised here ask
 * for; ID tokens of this endpoint are of version 2.0.
 */

/** 90 days ("Refresh tokens in the Microsoft identity platform", section "Token lifetime"). */
const refreshSeconds = 90 * 86_400;
/** Allowed clock difference: tokens are valid from slightly before they are issued. */
const skewSeconds = 300;

/** An application, and what it has proven itself with. */
interface Client {
  readonly application: Application;
  readonly proof: ClientProof;
}

interface Asked {
  readonly client: Client;
  readonly scopes: AskedScopes;
  readonly nonce?: string | undefined;
  /** The client asked for `client_info`, as Microsoft's libraries do. */
  readonly clientInfo: boolean;
}

/** Tokens for a user. @throws EntraFault 65001, 50076, 50079, 53003, 500011 */
export async function userTokens(
  { client, scopes, nonce, clientInfo }: Asked,
  signedIn: SignedIn,
  endpoint: EntraEndpoint,
  state: CloudState,
): Promise<object> {
  const { user, tenant } = signedIn;
  const { application } = client;
  const resource = resourceOf(scopes.audience, [clouds[tenant.cloud]], tenant.displayName);
  checkAccess(application, signedIn, resource);
  const objectId = String(tenant.members.get(user));
  const now = Math.floor(state.now() / 1000);
  const seconds = accessSeconds(state);
  const sub = subjectOf(application, tenant, objectId);
  const granted =
    resource === 'graph'
      ? graphScopes(scopes)
      : scopes.ofResource.map((one) => one.replace(/\.default$/, 'user_impersonation'));
  const accessToken = await state.entra.tokenKey.sign({
    ...accessClaims(scopes, tenant, client, now, seconds),
    amr: signedIn.mfa ? ['pwd', 'mfa'] : ['pwd'],
    idp: issuerOf(user.home),
    name: user.displayName,
    oid: objectId,
    scp: granted.map((one) => one.slice(one.lastIndexOf('/') + 1)).join(' '),
    sub,
    unique_name: user.userName,
    // Guests have none ("Optional claims reference", `upn`).
    ...(tenant === user.home ? { upn: user.userName } : {}),
  });
  const refreshToken = scopes.offlineAccess
    ? state.entra.grants.issueRefreshToken({
        application,
        signedIn,
        expiresAt:
          state.now() + (state.overrides.current.refreshTokenSeconds ?? refreshSeconds) * 1000,
      })
    : undefined;
  const idToken = scopes.openid
    ? await state.entra.tokenKey.sign({
        aud: application.clientId,
        iss: `${endpoint.origin}/${tenant.tenantId}/v2.0`,
        ...times(now, seconds),
        name: user.displayName,
        ...(nonce === undefined ? {} : { nonce }),
        oid: objectId,
        preferred_username: user.userName,
        sub,
        tid: tenant.tenantId,
        uti: randomBytes(16).toString('base64url'),
        ver: '2.0',
      })
    : undefined;
  return {
    token_type: 'Bearer',
    scope: [...new Set([...granted, ...scopes.ofResource])].join(' '),
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    // Microsoft's own clients are one family: each may use the others' refresh tokens.
    ...(refreshToken !== undefined && application.isFirstParty ? { foci: '1' } : {}),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(clientInfo ? { client_info: clientInfoOf(signedIn) } : {}),
  };
}

/** A token for an application itself. It gets no refresh token because it can ask again. */
export async function applicationToken(
  client: Client,
  scopes: AskedScopes,
  tenant: Tenant,
  state: CloudState,
): Promise<object> {
  resourceOf(scopes.audience, [clouds[tenant.cloud]], tenant.displayName);
  const seconds = accessSeconds(state);
  const objectId = client.application.install(tenant.tenantId);
  const accessToken = await state.entra.tokenKey.sign({
    ...accessClaims(scopes, tenant, client, Math.floor(state.now() / 1000), seconds),
    idp: issuerOf(tenant),
    idtyp: 'app',
    oid: objectId,
    sub: objectId,
  });
  return {
    token_type: 'Bearer',
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: accessToken,
  };
}

function accessClaims(
  { audience }: AskedScopes,
  tenant: Tenant,
  { application, proof }: Client,
  now: number,
  seconds: number,
): JWTPayload {
  return {
    aud: audience,
    iss: issuerOf(tenant),
    ...times(now, seconds),
    appid: application.clientId,
    appidacr: proof,
    tid: tenant.tenantId,
    uti: randomBytes(16).toString('base64url'),
    ver: '1.0',
  };
}

/** Of version 1.0 tokens. */
export function issuerOf({ tenantId, cloud }: Tenant): string {
  return `${clouds[cloud].tokenIssuer}/${tenantId}/`;
}

function times(now: number, seconds: number) {
  return { iat: now, nbf: now - skewSeconds, exp: now + seconds };
}

/**
 * Between 60 and 90 minutes, at random ("Configurable token lifetimes in the Microsoft identity
 * platform", section "Access tokens"), or what the override grants.
 */
function accessSeconds({ overrides }: CloudState): number {
  return overrides.lifetime(3600 + (randomBytes(2).readUInt16BE() % 1800));
}

/** Differs from application to application ("ID token claims reference", `sub`). */
function subjectOf(application: Application, tenant: Tenant, objectId: string): string {
  return createHash('sha256')
    .update(`${application.clientId} ${tenant.tenantId} ${objectId}`)
    .digest('base64url');
}

/** Whose account it is at home, whichever tenant the token is for. */
function clientInfoOf({ user }: SignedIn): string {
  const uid = user.home.members.get(user) ?? randomUUID();
  return Buffer.from(JSON.stringify({ uid, utid: user.home.tenantId })).toString('base64url');
}

function graphScopes({ ofResource, audience }: AskedScopes): readonly string[] {
  const named = ofResource.filter((one) => !one.endsWith('/.default'));
  return [
    ...named,
    'openid',
    'profile',
    'email',
    ...(named.length > 0 ? [] : [`${audience}/User.Read`]),
  ];
}
