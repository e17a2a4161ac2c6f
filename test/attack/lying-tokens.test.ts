import { UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/scratch-owner.ts';
import { by, refusal } from '../support/session-journey.ts';
import { liedToServices, tenant } from './lied-to-services.ts';
import { saysJson, type Lie } from './lying-server.ts';

/* What comes after a person has signed in: a token that is none is not kept, and none is lost by a lie. */

const { owner, answers, integrations } = liedToServices();

const statusOf = (id: string) => owner().stint.integrations.get(id).status;
const inAMonth = Math.floor(Date.now() / 1000) + 30 * 86_400;

describe('Identity Center, once a person has confirmed the code,', () => {
  const confirmed = async (token: Lie) => {
    const { center } = integrations();
    answers({
      '/client/register': saysJson({
        clientId: 'c',
        clientSecret: 's',
        clientSecretExpiresAt: inAMonth,
      }),
      '/device_authorization': saysJson({
        deviceCode: 'd',
        userCode: 'ABCD-EFGH',
        verificationUri: 'https://device.example',
        expiresIn: 600,
        interval: 1,
      }),
      '/token': token,
    });
    await owner().stint.integrations.login(center, 'device-code');
    await owner().pass(2);
    return await eventually(
      () => statusOf(center),
      (status) => status !== 'logging-in',
    );
  };

  it.each([
    ['no token', {}],
    ['a token with a line break', { accessToken: 'a\nb' }],
    ['a token that is not text', { accessToken: 5 }],
    ['a token for ever', { expiresIn: 1e300 }],
    ['a token for less than no time', { expiresIn: -5 }],
  ])('answers with %s: nobody is signed in, and nothing is asked', async (what, change) => {
    const token = { accessToken: 'a', expiresIn: 3600, tokenType: 'Bearer', ...change };
    expect(await confirmed(saysJson(what === 'no token' ? {} : token))).toBe('logged-out');
    expect(owner().stint.prompts.list()).toEqual([]);
  });
});

it('Identity Center that never answers a logout keeps nobody waiting', async () => {
  const { acme } = integrations();
  answers({ '/logout': () => undefined });
  const began = performance.now();
  await owner().stint.integrations.logout(acme, by);
  expect(statusOf(acme)).toBe('logged-out');
  expect(performance.now() - began).toBeLessThan(9_000);
});

describe('Entra ID, once a person has signed in,', () => {
  const account = { oid: 'u-1', tid: tenant, preferred_username: 'anna@contoso.example', sub: 's' };
  const signedIn = {
    token_type: 'Bearer',
    access_token: 'at-1',
    refresh_token: 'rt-1',
    expires_in: 3600,
    // Of something else, so that the first call needs another token.
    scope: 'x',
    id_token: new UnsecuredJWT(account).encode(),
    client_info: Buffer.from(JSON.stringify({ uid: 'u-1', utid: tenant })).toString('base64url'),
  };
  const login = async () => {
    const { person } = integrations();
    answers({
      devicecode: saysJson({
        device_code: 'd',
        user_code: 'ABCD-EFGH',
        verification_uri: 'https://device.example',
        expires_in: 900,
        interval: 1,
      }),
      '/token': saysJson(signedIn),
    });
    await owner().stint.integrations.login(person, 'device-code');
    await eventually(
      () => statusOf(person),
      (status) => status === 'logged-in',
    );
    return person;
  };
  afterEach(() => owner().stint.integrations.logout(integrations().person, by));

  it.each([
    ['nothing', {}],
    ['a notice of somebody else', { message: 'This network is filtered' }],
    ['a token with a line break', { ...signedIn, access_token: 'a\nb' }],
  ])('answers a renewal with %s: they stay signed in, and are not asked', async (_, said) => {
    const person = await login();
    answers({ '/token': saysJson(said) });
    const { message } = await refusal(owner().stint.integrations.sync(person, by));
    expect(message).toContain('it is not what this service says (access_token)');
    expect(statusOf(person)).toBe('logged-in');
    expect(owner().stint.prompts.list()).toEqual([]);
  });
});
