import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimsOf } from '../support/claims.ts';
import {
  azureCli,
  contoso,
  entra,
  refusalOf,
  resourceManagerScope,
  type Contoso,
} from './azure.ts';
import { clientAssertion, makeClientCertificate } from './client-certificate.ts';
import { practiceForEachTest } from './practice.ts';

const practice = practiceForEachTest();
const { token, options } = entra(practice);
let anna: Contoso;
let app: { readonly clientId: string; readonly objectId: string };
beforeEach(async () => {
  anna = await contoso(practice);
  app = await practice.admin.createApp({ tenant: anna.tenantId, name: 'pipeline' });
});

type Fields = Readonly<Record<string, string>>;

const ask = (proof: Fields, tenant = anna.tenantId) =>
  token(tenant, {
    grant_type: 'client_credentials',
    client_id: app.clientId,
    scope: resourceManagerScope,
    ...proof,
  });

describe('an application with a secret', () => {
  it('gets a token for itself through the real Azure SDK', async () => {
    const { secret } = await practice.admin.addClientSecret({ clientId: app.clientId });
    const credential = new ClientSecretCredential(anna.tenantId, app.clientId, secret, {
      ...(await options()),
    });
    const claims = claimsOf((await credential.getToken(resourceManagerScope)).token);
    expect(claims).toMatchObject({
      aud: 'https://management.azure.com',
      iss: `https://sts.windows.net/${anna.tenantId}/`,
      appid: app.clientId,
      appidacr: '1',
      idtyp: 'app',
      oid: app.objectId,
      tid: anna.tenantId,
    });
    expect(claims).not.toHaveProperty('upn');
    const wrong = new ClientSecretCredential(anna.tenantId, app.clientId, 'wrong', {
      ...(await options()),
    });
    await expect(wrong.getToken(resourceManagerScope)).rejects.toThrow(
      /AADSTS7000215: Invalid client secret provided/,
    );
  });

  it('gets nothing to refresh it with', async () => {
    const { secret } = await practice.admin.addClientSecret({ clientId: app.clientId });
    const { json } = await ask({ client_secret: secret });
    expect(Object.keys(json).sort()).toEqual([
      'access_token',
      'expires_in',
      'ext_expires_in',
      'token_type',
    ]);
  });

  it('may have two, of which one has ended', async () => {
    const { admin } = practice;
    const { clientId } = app;
    const { secret: short } = await admin.addClientSecret({ clientId, validSeconds: 60 });
    const { secret: long } = await admin.addClientSecret({ clientId });
    await admin.setOverrides({ clockOffsetSeconds: 61 });
    expect(refusalOf(await ask({ client_secret: short }))).toEqual({
      status: 401,
      error: 'invalid_client',
      code: 7000222,
    });
    expect((await ask({ client_secret: long })).status).toBe(200);
  });

  it('is refused where it is not known, or asks for what it may not', async () => {
    const { secret } = await practice.admin.addClientSecret({ clientId: app.clientId });
    const proof = { client_secret: secret };
    const unknown = '11111111-2222-3333-4444-555555555555';
    const answers = [
      await ask({}),
      await ask({ client_secret: 'wrong' }),
      await ask({ ...proof, client_id: unknown }),
      await ask(proof, anna.partnerId),
      await ask(proof, 'organizations'),
      await ask(proof, 'nobody.example'),
      await ask({ ...proof, scope: 'https://management.azure.com/user_impersonation' }),
      await ask({ ...proof, scope: 'https://unknown.example/.default' }),
      await ask({ ...proof, scope: '' }),
      await ask({ client_id: azureCli }),
      await ask({ client_id: azureCli, client_secret: 'any' }),
    ];
    expect(answers.map(refusalOf)).toEqual([
      { status: 401, error: 'invalid_client', code: 7000218 },
      { status: 401, error: 'invalid_client', code: 7000215 },
      { status: 400, error: 'unauthorized_client', code: 700016 },
      { status: 400, error: 'unauthorized_client', code: 700016 },
      { status: 400, error: 'invalid_request', code: 50059 },
      { status: 400, error: 'invalid_request', code: 90002 },
      { status: 400, error: 'invalid_scope', code: 1002012 },
      { status: 400, error: 'invalid_resource', code: 500011 },
      { status: 400, error: 'invalid_request', code: 900144 },
      { status: 400, error: 'unauthorized_client', code: 700016 },
      { status: 400, error: 'unauthorized_client', code: 700016 },
    ]);
  });

  it('works in another tenant once an administrator there has consented', async () => {
    const { admin } = practice;
    const shared = await admin.createApp({
      tenant: anna.tenantId,
      name: 'shared',
      isMultiTenant: true,
    });
    const { clientId } = shared;
    const { secret } = await admin.addClientSecret({ clientId });
    const proof = { client_id: clientId, client_secret: secret };
    expect(refusalOf(await ask(proof, anna.partnerId))).toMatchObject({ code: 700016 });
    const { objectId } = await admin.grantConsent({ clientId, tenant: anna.partnerId });
    const { json } = await ask(proof, anna.partnerId);
    expect(claimsOf(String(json['access_token']))).toMatchObject({
      tid: anna.partnerId,
      oid: objectId,
    });
    expect(objectId).not.toBe(shared.objectId);
  });

  it('has none as a public client, and may not pretend to', async () => {
    const { admin } = practice;
    const { clientId } = await admin.createApp({
      tenant: anna.tenantId,
      name: 'desktop',
      isPublic: true,
    });
    await expect(admin.addClientSecret({ clientId })).rejects.toThrow('keeps no secrets');
    const pretending = await token(anna.tenantId, {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: 'any',
      refresh_token: 'any',
    });
    expect(refusalOf(pretending)).toEqual({ status: 401, error: 'invalid_client', code: 700025 });
    expect(refusalOf(await ask({ client_id: clientId }))).toMatchObject({ code: 7000218 });
  });
});

describe('an application with a certificate', () => {
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const audience = () => `${practice.azure.entraEndpoint}/${anna.tenantId}/oauth2/v2.0/token`;
  const prove = (assertion: string) =>
    ask({ client_assertion_type: type, client_assertion: assertion });

  async function certified() {
    const made = await makeClientCertificate();
    const { certificate } = made;
    const { thumbprint } = await practice.admin.addClientCertificate({
      clientId: app.clientId,
      certificate,
    });
    expect(thumbprint).toMatch(/^[0-9A-F]{40}$/);
    return made;
  }

  it('gets a token through the real Azure SDK', async () => {
    const { certificate, key } = await certified();
    const credential = new ClientCertificateCredential(
      anna.tenantId,
      app.clientId,
      { certificate: `${key}\n${certificate}` },
      await options(),
    );
    const claims = claimsOf((await credential.getToken(resourceManagerScope)).token);
    expect(claims).toMatchObject({ appid: app.clientId, appidacr: '2' });
    const none = { clientId: app.clientId, certificate: '-----BEGIN CERTIFICATE-----' };
    await expect(practice.admin.addClientCertificate(none)).rejects.toThrow('not a certificate');
    const other = await makeClientCertificate();
    const unknown = new ClientCertificateCredential(
      anna.tenantId,
      app.clientId,
      { certificate: `${other.key}\n${other.certificate}` },
      await options(),
    );
    await expect(unknown.getToken(resourceManagerScope)).rejects.toThrow('AADSTS700027');
  });

  it.each([
    ['RS256', 'x5t'],
    ['RS256', 'x5t#S256'],
    ['PS256', 'x5t#S256'],
  ] as const)('proves itself with %s and %s', async (alg, thumbprint) => {
    const made = await certified();
    const assertion = await clientAssertion(made, app.clientId, audience(), { alg, thumbprint });
    expect((await prove(assertion)).status).toBe(200);
  });

  it('proves itself once with each assertion', async () => {
    const assertion = await clientAssertion(await certified(), app.clientId, audience());
    expect((await prove(assertion)).status).toBe(200);
    expect(refusalOf(await prove(assertion))).toMatchObject({ status: 401, code: 50013 });
  });

  it.each([
    ['for another audience', { to: 'https://login.example/token' }, 700_023],
    ['of another application', { issuer: azureCli }, 700_021],
    ['that has ended', { secondsLeft: -600 }, 700_024],
    ['signed another way', { alg: 'RS512' as const }, 700_027],
  ])(
    'is refused with an assertion %s',
    async (_, { to, ...wrong }: { to?: string } & object, code) => {
      const made = await certified();
      const assertion = await clientAssertion(made, app.clientId, to ?? audience(), wrong);
      expect(refusalOf(await prove(assertion))).toEqual({
        status: 401,
        error: 'invalid_client',
        code,
      });
    },
  );

  it('is refused with an assertion that is changed, signed by another key, or none', async () => {
    const made = await certified();
    const assertion = await clientAssertion(made, app.clientId, audience());
    const [header, payload, signature = ''] = assertion.split('.');
    const changed = [header, payload, signature.split('').reverse().join('')].join('.');
    const { key } = await makeClientCertificate();
    const forged = await clientAssertion({ ...made, key }, app.clientId, audience());
    for (const wrong of [changed, forged, 'not-a-token']) {
      expect(refusalOf(await prove(wrong))).toMatchObject({ status: 401, code: 700027 });
    }
  });
});
