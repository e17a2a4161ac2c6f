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

const stsAnswer = (
  expiration: string,
  { id = 'ASIAIOSFODNN7EXAMPLE', secret = 's', token = 't' } = {},
) =>
  `<GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetSessionTokenResult><Credentials>` +
  `<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken>` +
  `<Expiration>${expiration}</Expiration></Credentials></GetSessionTokenResult></GetSessionTokenResponse>`;
const sts = (expiration: string, keys = {}) => says('text/xml', stsAnswer(expiration, keys));
const inAnHour = new Date(anHourAhead()).toISOString();
const iamAnswer = (action: string, result: string) =>
  `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result></${action}Response>`;
const listedKeys = (count: number) => {
  const key = (_: unknown, at: number) => `<member><AccessKeyId>AKIA${at}</AccessKeyId></member>`;
  const keys = Array.from({ length: count }, key).join('');
  return iamAnswer('ListAccessKeys', `<AccessKeyMetadata>${keys}</AccessKeyMetadata>`);
};
const madeKey = (id: string) =>
  iamAnswer(
    'CreateAccessKey',
    `<AccessKey><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey></AccessKey>`,
  );
const roleKeys = (expiration: unknown, keys = {}) =>
  saysJson({
    roleCredentials: {
      accessKeyId: 'A',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration,
      ...keys,
    },
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
    'a token with a line break': sts(inAnHour, { token: 't&#10;[default]&#10;region = x' }),
    'a secret key with a blank': sts(inAnHour, { secret: 's s' }),
    'a key id that begins a comment': sts(inAnHour, { id: '#ASIA' }),
  },
  IAM: {
    'a list of thousands of keys': says('text/xml', listedKeys(9_000)),
    'a new key with a line break': (response, request) => {
      request.on('data', (sent: Buffer) => {
        const isList = sent.includes('ListAccessKeys');
        says('text/xml', isList ? listedKeys(1) : madeKey('AKIA&#10;x'))(response, request);
      });
    },
  },
  'the access portal': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'no credentials': saysJson({}),
    'an expiry that is past': roleKeys(anHourAgo()),
    'an expiry in the year 9999': roleKeys(in9999),
    'an expiry that is not a time': roleKeys('tomorrow'),
    'an expiry beyond all time': roleKeys(1e300),
    'a token with a line break': roleKeys(anHourAhead(), { sessionToken: 't\n[default]' }),
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
    'a code that clears the screen': device({ userCode: 'AB\u001b[2J' }),
    'a page that runs a script': device({ verificationUri: 'javascript:alert(1)' }),
    'a pause of nothing between two checks': device({ interval: 0 }),
    'a code for ever': device({ expiresIn: 1e300 }),
  },
  'Entra ID': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'no token': saysJson({}),
    'a token that is not text': token({ access_token: { a: 1 } }),
    'a token with a line break': token({ access_token: 'a\nb' }),
    'a token that has expired': token({ expires_in: 0 }),
    'a token until the year 9999': token({ expires_in: seconds(in9999 - Date.now()) }),
    'a token until no time': token({ expires_in: 'tomorrow' }),
  },
  'the device codes of Entra ID': {
    'XML instead of JSON': says('application/json', stsAnswer('')),
    'no code': entraDevice({ user_code: undefined }),
    'a code that clears the screen': entraDevice({ user_code: 'AB\u001b[2J' }),
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
    'a list of numbers': saysJson({ value: Array(400_000).fill(1) }),
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
