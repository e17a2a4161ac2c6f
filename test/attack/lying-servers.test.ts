import { describe, expect, it } from 'vitest';
import { liedToServices } from './lied-to-services.ts';
import { drip, endless, says, saysJson, type Lie } from './lying-server.ts';

/*
 * Servers that lie, one for each service that Stint asks: what they answer is refused in words that name
 * the service and the session or integration, nothing becomes active, and nothing grows.
 */

const { names, ask, refused, azure, elsewhere } = liedToServices();

const seconds = (when: number) => Math.floor(when / 1000);
const in9999 = Date.UTC(9999, 0);
const anHourAgo = () => Date.now() - 3_600_000;
const anHourAhead = () => Date.now() + 3_600_000;

const stsAnswer = (expiration: string) =>
  `<GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetSessionTokenResult><Credentials>` +
  `<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>` +
  `<Expiration>${expiration}</Expiration></Credentials></GetSessionTokenResult></GetSessionTokenResponse>`;
const sts = (expiration: string) => says('text/xml', stsAnswer(expiration));
const roleKeys = (expiration: unknown) =>
  saysJson({
    roleCredentials: { accessKeyId: 'A', secretAccessKey: 's', sessionToken: 't', expiration },
  });
const device = (more: object) =>
  saysJson({
    clientId: 'c',
    clientSecret: 's',
    clientSecretExpiresAt: seconds(anHourAhead()) * 24,
    deviceCode: 'd',
    userCode: 'ABCD-EFGH',
    verificationUri: 'https://device.example',
    expiresIn: 600,
    interval: 5,
    ...more,
  });
const token = (more: object) =>
  saysJson({ token_type: 'Bearer', access_token: 'at-1', expires_in: 3600, ...more });
const entraDevice = (more: object) =>
  saysJson({
    device_code: 'd',
    user_code: 'ABCD-EFGH',
    verification_uri: 'https://device.example',
    expires_in: 900,
    interval: 5,
    ...more,
  });
let page = 0;
const growing =
  (member: string, items: unknown, more: () => object): Lie =>
  (response, request) =>
    saysJson({ [member]: items, ...more() })(response, request);

/** Of one service each, beside those of all. */
const own: Readonly<Partial<Record<(typeof names)[number], Readonly<Record<string, Lie>>>>> = {
  STS: {
    'JSON instead of XML': saysJson({ Credentials: {} }),
    'no credentials': says('text/xml', '<GetSessionTokenResponse/>'),
    'an expiry that is past': sts(new Date(anHourAgo()).toISOString()),
    'an expiry in the year 9999': sts(new Date(in9999).toISOString()),
    'an expiry that is not a time': sts('tomorrow'),
  },
  'the access portal': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'no credentials': saysJson({}),
    'an expiry that is past': roleKeys(anHourAgo()),
    'an expiry in the year 9999': roleKeys(in9999),
    'an expiry that is not a time': roleKeys('tomorrow'),
    'an expiry beyond all time': roleKeys(1e300),
    'keys that are not text': saysJson({
      roleCredentials: { accessKeyId: {}, secretAccessKey: 1, sessionToken: [], expiration: 1 },
    }),
  },
  'the list of accounts': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'pages without end': growing('accountList', [], () => ({ nextToken: String((page += 1)) })),
    'pages in a circle': growing('accountList', [], () => ({
      nextToken: String((page += 1) % 3),
    })),
    'accounts without end': growing(
      'accountList',
      Array.from({ length: 5_000 }, () => ({ accountId: '447109328810', accountName: 'a' })),
      () => ({ nextToken: String((page += 1)) }),
    ),
  },
  'the sign-in of Identity Center': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'a client without a name': device({ clientId: 5 }),
    'no code': device({ userCode: undefined }),
    'a page that runs a script': device({ verificationUri: 'javascript:alert(1)' }),
    'a pause of nothing between two checks': device({ interval: 0 }),
    'a code for ever': device({ expiresIn: 1e300 }),
  },
  'Entra ID': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'no token': saysJson({}),
    'a token that is not text': token({ access_token: { a: 1 } }),
    'a token that has expired': token({ expires_in: 0 }),
    'a token until the year 9999': token({ expires_in: seconds(in9999 - Date.now()) }),
    'a token until no time': token({ expires_in: 'tomorrow' }),
  },
  'the device codes of Entra ID': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'no code': entraDevice({ user_code: undefined }),
    'a code that is longer than any': entraDevice({ user_code: 'A'.repeat(10_000) }),
    'a page that runs a script': entraDevice({ verification_uri: 'javascript:alert(1)' }),
    'no page': entraDevice({ verification_uri: undefined }),
    'no pause between two checks': entraDevice({ interval: undefined }),
    'a pause of less than nothing': entraDevice({ interval: -5 }),
    'a pause of a year': entraDevice({ interval: 31_536_000 }),
    'a code for ever': entraDevice({ expires_in: undefined }),
  },
  'Resource Manager': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'text instead of a list': saysJson({ value: 'all of them' }),
    'pages without end': growing('value', [], () => ({
      nextLink: `${azure().url}/tenants?page=${(page += 1)}`,
    })),
    'a next page elsewhere': growing('value', [], () => ({
      nextLink: `${elsewhere().url}/tenants`,
    })),
  },
};

const lies: Readonly<Record<string, Lie>> = {
  'a page in HTML': says('text/html', '<html><body>Sign in to our wireless network</body></html>'),
  garbage: says('application/octet-stream', '\u0000\u001b]0;x\u0007{<![CDATA['),
  nothing: says('application/json', ''),
  'a redirect with what was sent': (response) => {
    response.writeHead(307, { location: `${elsewhere().url}/steal` }).end();
  },
  'a compressed answer': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.alloc(100));
  },
};

describe.each(names)('%s answers with', (name) => {
  it.each(Object.entries({ ...lies, ...own[name] }))('%s: refused', async (_, lie) => {
    page = 0;
    await refused(name, lie);
    expect(elsewhere().asked).toBe(0);
  });

  it('more than 1 MB: refused before it has come', async () => {
    const sent = { bytes: 0 };
    expect((await refused(name, endless(sent))).message).toContain('more than 1 MB');
    expect(sent.bytes).toBeLessThan(16_000_000);
  });
});

it('services that drip are given up after 30 seconds, all of them', async () => {
  const began = performance.now();
  const dripping = ['STS', 'the access portal', 'Entra ID'] as const;
  const problems = await Promise.all(dripping.map((name) => ask(name, drip)));
  for (const { code, message } of problems) {
    expect(code).toBe('cloud-refused');
    expect(message).toContain('not complete after 30 seconds');
  }
  expect(performance.now() - began).toBeGreaterThan(29_000);
});
