import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimsOf } from '../support/claims.ts';
import { azureCli, contoso, entra, https, refusalOf, type Contoso } from './azure.ts';
import { practiceForEachTest } from './practice.ts';

const practice = practiceForEachTest();
const { token, signIn, refresh } = entra(practice);
let anna: Contoso;
beforeEach(async () => {
  anna = await contoso(practice);
});

const signInAtHome = () => signIn(anna.tenantId, anna.userName);

describe('the tokens of a sign-in', () => {
  it('say who it is at home, signed with a key that is published', async () => {
    const tokens = await signInAtHome();
    const discovery = await https(
      practice,
      `${practice.azure.entraEndpoint}/${anna.tenantId}/v2.0/.well-known/openid-configuration`,
    );
    const keys = await https(practice, String(discovery.json['jwks_uri']));
    const { payload } = await jwtVerify(
      String(tokens['id_token']),
      createLocalJWKSet(keys.json as unknown as JSONWebKeySet),
      {
        issuer: String(discovery.json['issuer']),
        audience: azureCli,
        algorithms: ['RS256'],
      },
    );
    expect(payload).toMatchObject({
      name: 'Anna',
      oid: anna.objectId,
      preferred_username: anna.userName,
      tid: anna.tenantId,
      ver: '2.0',
    });
    const info = Buffer.from(String(tokens['client_info']), 'base64url').toString('utf8');
    expect(JSON.parse(info)).toEqual({ uid: anna.objectId, utid: anna.tenantId });
  });

  it('live between 60 and 90 minutes, or as long as the override grants', async () => {
    const { expires_in: usual } = await signInAtHome();
    expect(Number(usual)).toBeGreaterThanOrEqual(3600);
    expect(Number(usual)).toBeLessThan(5400);
    await practice.admin.setOverrides({ grantedSeconds: 20 });
    const { expires_in: short, access_token: accessToken } = await signInAtHome();
    expect(short).toBe(20);
    const { iat, exp } = claimsOf(String(accessToken));
    expect(Number(exp) - Number(iat)).toBe(20);
  });

  it('are only those that were asked for', async () => {
    const scope = 'https://management.core.windows.net//.default';
    const bare = await signIn(anna.tenantId, anna.userName, { scope });
    expect(Object.keys(bare)).toEqual(
      expect.not.arrayContaining(['refresh_token', 'id_token', 'foci']),
    );
    expect(bare['scope']).toBe(
      'https://management.core.windows.net//user_impersonation https://management.core.windows.net//.default',
    );
    // What precedes the last slash is the resource, slashes and all.
    expect(claimsOf(String(bare['access_token']))['aud']).toBe(
      'https://management.core.windows.net/',
    );
  });
});

describe('a refresh token', () => {
  it('is replaced at each use, and the old one keeps working', async () => {
    const { refresh_token: first = '' } = await signInAtHome();
    const second = await refresh(anna.tenantId, first);
    expect(second.json['refresh_token']).not.toBe(first);
    expect((await refresh(anna.tenantId, first)).status).toBe(200);
    expect((await refresh(anna.tenantId, String(second.json['refresh_token']))).status).toBe(200);
  });

  it('works for every resource', async () => {
    const { refresh_token: refreshToken = '' } = await signInAtHome();
    const audience = async (scope: string) => {
      const answer = await refresh(anna.tenantId, refreshToken, { scope });
      return claimsOf(String(answer.json['access_token']))['aud'];
    };
    expect(await audience('https://vault.azure.net/.default')).toBe('https://vault.azure.net');
    expect(await audience('https://storage.azure.com/.default')).toBe('https://storage.azure.com');
    expect(await audience('User.Read')).toBe('https://graph.microsoft.com');
    expect(await audience('https://management.azure.com//.default')).toBe(
      'https://management.azure.com/',
    );
  });

  it('works in every tenant the user is in, as who they are there', async () => {
    const { refresh_token: refreshToken = '' } = await signInAtHome();
    const answer = await refresh(anna.partnerId, refreshToken, { client_info: '1' });
    expect(claimsOf(String(answer.json['access_token']))).toMatchObject({
      iss: `https://sts.windows.net/${anna.partnerId}/`,
      idp: `https://sts.windows.net/${anna.tenantId}/`,
      tid: anna.partnerId,
      oid: anna.guestId,
      unique_name: anna.userName,
    });
    // The account stays the one at home.
    const info = Buffer.from(String(answer.json['client_info']), 'base64url').toString('utf8');
    expect(JSON.parse(info)).toEqual({ uid: anna.objectId, utid: anna.tenantId });
    await practice.admin.removeGuest({ tenant: anna.partnerId, userName: anna.userName });
    expect(refusalOf(await refresh(anna.partnerId, refreshToken))).toEqual({
      status: 400,
      error: 'invalid_grant',
      code: 50020,
    });
    await practice.admin.removeTenant(anna.partnerId);
    expect(refusalOf(await refresh(anna.partnerId, refreshToken))).toMatchObject({ code: 90002 });
    expect((await refresh('organizations', refreshToken)).status).toBe(200);
  });

  it('ends after 90 days, when it is revoked, and with the user', async () => {
    const { admin } = practice;
    const { refresh_token: old = '' } = await signInAtHome();
    await admin.setOverrides({ clockOffsetSeconds: 90 * 86_400 });
    expect(refusalOf(await refresh(anna.tenantId, old))).toEqual({
      status: 400,
      error: 'invalid_grant',
      code: 700082,
    });
    await admin.setOverrides({ clockOffsetSeconds: 0, refreshTokenSeconds: 60 });
    const { refresh_token: short = '' } = await signInAtHome();
    await admin.setOverrides({ clockOffsetSeconds: 61 });
    expect(refusalOf(await refresh(anna.tenantId, short))).toMatchObject({ code: 700082 });
    await admin.resetOverrides();
    await admin.revokeEntraSessions(anna.userName);
    const revoked = await refresh(anna.tenantId, old);
    expect(refusalOf(revoked)).toEqual({ status: 400, error: 'invalid_grant', code: 50173 });
    const { refresh_token: fresh = '' } = await signInAtHome();
    expect((await refresh(anna.tenantId, fresh)).status).toBe(200);
    await admin.removeTenant(anna.tenantId);
    expect(refusalOf(await refresh(anna.partnerId, fresh))).toMatchObject({ code: 50173 });
  });

  it('is of no use to another client, nor made up', async () => {
    const { refresh_token: refreshToken = '' } = await signInAtHome();
    const { clientId } = await practice.admin.createApp({
      tenant: anna.tenantId,
      name: 'desktop',
      isPublic: true,
    });
    const malformed = { status: 400, error: 'invalid_grant', code: 9002313 };
    const other = await refresh(anna.tenantId, refreshToken, { client_id: clientId });
    expect(refusalOf(other)).toEqual(malformed);
    expect(refusalOf(await refresh(anna.tenantId, 'made-up'))).toEqual(malformed);
  });

  it('does not get past consent that was removed', async () => {
    const { admin } = practice;
    const consent = { tenant: anna.tenantId };
    const { clientId } = await admin.createApp({ ...consent, name: 'desktop', isPublic: true });
    const who = { client_id: clientId };
    const { refresh_token: refreshToken = '' } = await signIn(anna.tenantId, anna.userName, who);
    await admin.revokeConsent({ ...consent, clientId });
    const refused = await refresh(anna.tenantId, refreshToken, who);
    expect(refusalOf(refused)).toEqual({ status: 400, error: 'invalid_grant', code: 65001 });
    expect(refused.json['suberror']).toBe('consent_required');
    await admin.grantConsent({ ...consent, clientId });
    expect((await refresh(anna.tenantId, refreshToken, who)).status).toBe(200);
  });
});

describe('the token endpoint', () => {
  it('says what is wrong in Entra’s own words', async () => {
    const { json, status } = await token(anna.tenantId, {
      grant_type: 'password',
      client_id: azureCli,
    });
    expect(status).toBe(400);
    const guid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/) as string;
    expect(json).toEqual({
      error: 'unsupported_grant_type',
      error_description: expect.stringMatching(
        /^AADSTS70003: The app requested an unsupported grant type 'password'\. Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
      ) as string,
      error_codes: [70003],
      timestamp: time,
      trace_id: guid,
      correlation_id: guid,
      error_uri: 'https://login.microsoftonline.com/error?code=70003',
    });
  });

  it('takes forms by POST only', async () => {
    const url = `${practice.azure.entraEndpoint}/${anna.tenantId}/oauth2/v2.0/token`;
    expect(refusalOf(await https(practice, url))).toMatchObject({ code: 900561 });
    const json = { 'content-type': 'application/json' };
    const posted = await https(practice, url, { method: 'POST', headers: json });
    expect(refusalOf(posted)).toMatchObject({ code: 9002313 });
  });

  it.each(['password', 'constructor', 'urn:ietf:params:oauth:grant-type:saml2-bearer'])(
    'knows no grant type %s',
    async (grantType) => {
      const answer = await token(anna.tenantId, { grant_type: grantType, client_id: azureCli });
      expect(refusalOf(answer)).toMatchObject({ error: 'unsupported_grant_type', code: 70003 });
    },
  );

  it('is not mistaken for other paths', async () => {
    for (const path of ['constructor', 'oauth2/token', 'oauth2/v2.0', '']) {
      const answer = await fetch(`${practice.azure.entraPagesEndpoint}/${anna.tenantId}/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    // Tokens are not given without TLS.
    const plain = `${practice.azure.entraPagesEndpoint}/${anna.tenantId}/oauth2/v2.0/token`;
    expect((await fetch(plain, { method: 'POST' })).status).toBe(404);
  });

  it.each([
    ['https://management.azure.com/.default https://vault.azure.net/.default', 700_022],
    [
      'https://management.azure.com/.default https://management.azure.com/user_impersonation',
      70_011,
    ],
    ['https://management.azure.com/everything', 650_053],
    ['https://unknown.example/.default', 500_011],
  ])('refuses the scope %s', async (scope, code) => {
    const { refresh_token: refreshToken = '' } = await signInAtHome();
    const refused = await refresh(anna.tenantId, refreshToken, { scope });
    expect(refusalOf(refused)).toMatchObject({ status: 400, code });
  });

  it('is logged without any token, code or secret', async () => {
    const tokens = await signInAtHome();
    await refresh(anna.tenantId, String(tokens['refresh_token']));
    const calls = await practice.admin.calls();
    expect(calls.map(({ action, tenant }) => ({ action, tenant }))).toEqual(
      ['entra:DeviceCode', 'entra:Token/device_code', 'entra:Token/refresh_token'].map(
        (action) => ({ action, tenant: anna.tenantId }),
      ),
    );
    const text = JSON.stringify(calls);
    for (const secret of ['access_token', 'refresh_token', 'id_token']) {
      expect(text).not.toContain(String(tokens[secret]));
    }
  });
});
