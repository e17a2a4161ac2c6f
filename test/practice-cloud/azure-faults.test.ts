import { ClientSecretCredential } from '@azure/identity';
import { beforeEach, describe, expect, it } from 'vitest';
import { sampleAzure, type SampleAzure } from '../../practice-cloud/sample-azure.ts';
import { entra, https, refusalOf, resourceManagerScope } from './azure.ts';
import { practiceForEachTest } from './practice.ts';

describe('the overrides on Azure', () => {
  const practice = practiceForEachTest();
  const { token, options } = entra(practice);
  let contoso: SampleAzure;
  beforeEach(async () => {
    contoso = await sampleAzure(practice.admin);
  });
  const ask = () =>
    token(contoso.tenantId, {
      grant_type: 'client_credentials',
      client_id: contoso.pipeline.clientId,
      client_secret: contoso.pipeline.secret,
      scope: resourceManagerScope,
    });
  const list = async (accessToken: unknown) =>
    await https(
      practice,
      `${practice.azure.resourceManagerEndpoint}/subscriptions?api-version=2022-12-01`,
      { headers: { authorization: `Bearer ${String(accessToken)}` } },
    );
  const errors = async () => (await practice.admin.calls()).map(({ error }) => error);

  it('throttle the next requests and say when to come back', async () => {
    const { json } = await ask();
    await practice.admin.setOverrides({ throttleNext: 2, retryAfterSeconds: 7 });
    const [signIn, manager] = [await ask(), await list(json['access_token'])];
    expect(refusalOf(signIn)).toEqual({
      status: 429,
      error: 'temporarily_unavailable',
      code: 90055,
    });
    expect(refusalOf(manager)).toMatchObject({ status: 429, code: 'TooManyRequests' });
    expect([signIn.headers['retry-after'], manager.headers['retry-after']]).toEqual(['7', '7']);
    expect((await list(json['access_token'])).status).toBe(200);
  });

  it('fail the next requests with the status chosen; the SDK tries again and succeeds', async () => {
    const { clientId, secret } = contoso.pipeline;
    const credential = new ClientSecretCredential(contoso.tenantId, clientId, secret, {
      ...(await options()),
      retryOptions: { retryDelayInMs: 1 },
    });
    await practice.admin.setOverrides({ failNext: 1, failStatus: 503 });
    expect(await credential.getToken(resourceManagerScope)).toHaveProperty('token');
    expect(await errors()).toEqual(['AADSTS90033', undefined, undefined]);
    const { json } = await ask();
    await practice.admin.setOverrides({ failNext: 1, failStatus: 500 });
    expect(refusalOf(await list(json['access_token']))).toMatchObject({
      status: 500,
      code: 'InternalServerError',
    });
  });

  it('cut connections, directly and behind the proxy', async () => {
    await practice.admin.setOverrides({ dropConnections: true });
    await expect(ask()).rejects.toThrow(/socket hang up|ECONNRESET/);
    const host = 'https://login.microsoftonline.com';
    await expect(https(practice, `${host}/common/discovery/instance`)).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    await practice.admin.resetOverrides();
    expect((await ask()).status).toBe(200);
  });

  it('leave a caller waiting until it gives up', async () => {
    await practice.admin.setOverrides({ hang: true });
    const keys = `${practice.azure.entraEndpoint}/common/discovery/v2.0/keys`;
    const impatient = https(practice, keys, { signal: AbortSignal.timeout(300) });
    await expect(impatient).rejects.toThrow('aborted');
    expect(await errors()).toEqual([]);
    await practice.admin.setOverrides({ hang: false });
    expect((await https(practice, keys)).json).toHaveProperty('keys');
  });

  it('shift the clock of the Date header and the tokens', async () => {
    const { json } = await ask();
    await practice.admin.setOverrides({ clockOffsetSeconds: 43_200 });
    const late = await list(json['access_token']);
    expect(refusalOf(late)).toMatchObject({ code: 'ExpiredAuthenticationToken' });
    const ahead = Date.parse(String(late.headers['date'])) - Date.now();
    expect(Math.round(ahead / 60_000)).toBe(720);
  });
});
