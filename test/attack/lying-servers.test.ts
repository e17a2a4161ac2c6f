import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CertificateAuthority } from '../../practice-cloud/tls/certificate-authority.ts';
import type { Session } from '../../src/models/session.ts';
import { identityCenter, payments } from '../support/identity-center.ts';
import { scratchOwner, type ScratchOwner } from '../support/scratch-owner.ts';
import { by, refusal } from '../support/session-journey.ts';
import {
  drip,
  endless,
  lyingServer,
  says,
  saysJson,
  type Lie,
  type LyingServer,
} from './lying-server.ts';

/*
 * Servers that lie, one for each service that Stint asks: what they answer is refused in words that name
 * the service and the session or integration, nothing becomes active, and nothing grows.
 */

let owner: ScratchOwner;
let aws: LyingServer;
let azure: LyingServer;
/** Where redirects lead. */
let elsewhere: LyingServer;
let user: Session;
let role: Session;
let centerId = '';
let lostId = '';
let tenantId = '';

const seconds = (when: number) => Math.floor(when / 1000);
const in9999 = Date.UTC(9999, 0);
const anHourAgo = () => Date.now() - 3_600_000;
const anHourAhead = () => Date.now() + 3_600_000;

/** Entra ID as it should be, for those that lie as Resource Manager alone. */
let entraIsHonest = false;
const metadata = () => ({
  token_endpoint: `${azure.url}/${tenant}/oauth2/v2.0/token`,
  authorization_endpoint: `${azure.url}/${tenant}/oauth2/v2.0/authorize`,
  issuer: `${azure.url}/${tenant}/v2.0`,
  jwks_uri: `${azure.url}/${tenant}/keys`,
});
const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';

beforeAll(async () => {
  owner = await scratchOwner({ env: { NO_PROXY: 'localhost,127.0.0.1' } });
  const authority = await CertificateAuthority.create();
  aws = await lyingServer();
  elsewhere = await lyingServer();
  azure = await lyingServer(await authority.issue(['localhost']), ({ url = '' }, response) => {
    if (url.includes('openid-configuration')) saysJson(metadata())(response, undefined as never);
    else if (entraIsHonest && url.includes('/token')) {
      const token = { token_type: 'Bearer', access_token: 'at-1', expires_in: 3600 };
      saysJson(token)(response, undefined as never);
    } else return false;
    return true;
  });
  ({ session: user } = await owner.addUser('anna'));
  const center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Admin');
  await center.sync();
  role = center.session(payments.accountName, 'Admin');
  centerId = center.integration.integrationId;
  const { integrations, settings } = owner.stint;
  const caBundle = join(owner.folder, 'ca.pem');
  await writeFile(caBundle, authority.pem);
  await settings.change({
    awsStsEndpointUrl: aws.url,
    awsSsoEndpointUrl: aws.url,
    awsSsoOidcEndpointUrl: aws.url,
    azureCaBundle: caBundle,
    azureResourceManagerUrl: azure.url,
  });
  const lost = { kind: 'awsSso', name: 'lost', region: 'eu-west-1', startUrl: `${aws.url}/start` };
  lostId = (await integrations.create(lost as never, by)).integrationId;
  const app = {
    kind: 'azure',
    name: 'contoso',
    tenantId: tenant,
    clientId: randomUUID(),
    authorityHost: azure.url,
  };
  const secrets = { clientSecret: 'a-secret-of-the-application' };
  tenantId = (await integrations.create(app as never, by, secrets)).integrationId;
});
afterAll(async () => {
  await owner.close();
  for (const server of [aws, azure, elsewhere]) await server.close();
});

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
let page = 0;
const growing =
  (member: string, items: unknown, more: () => object): Lie =>
  (response, request) =>
    saysJson({ [member]: items, ...more() })(response, request);

interface Service {
  /** Named in every refusal. */
  readonly named: readonly string[];
  readonly server: () => LyingServer;
  readonly ask: () => Promise<unknown>;
  /** Its own lies, beside those of all. */
  readonly lies: Readonly<Record<string, Lie>>;
}

const services: Readonly<Record<string, Service>> = {
  STS: {
    named: ['AWS STS', 'session anna'],
    server: () => aws,
    ask: () => owner.stint.sessions.start(user.sessionId, { by }),
    lies: {
      'JSON instead of XML': saysJson({ Credentials: {} }),
      'no credentials': says('text/xml', '<GetSessionTokenResponse/>'),
      'an expiry that is past': sts(new Date(anHourAgo()).toISOString()),
      'an expiry in the year 9999': sts(new Date(in9999).toISOString()),
      'an expiry that is not a time': sts('tomorrow'),
    },
  },
  'the access portal': {
    named: ['AWS Identity Center', 'session payments-prod / Admin'],
    server: () => aws,
    ask: () => owner.stint.sessions.start(role.sessionId, { by }),
    lies: {
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
  },
  'the list of accounts': {
    named: ['AWS Identity Center', 'integration acme'],
    server: () => aws,
    ask: () => owner.stint.integrations.sync(centerId, by),
    lies: {
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
  },
  'the sign-in of Identity Center': {
    named: ['AWS Identity Center', 'integration lost'],
    server: () => aws,
    ask: () => owner.stint.integrations.login(lostId, 'device-code'),
    lies: {
      'XML instead of JSON': says('application/json', stsAnswer('')),
      'a client without a name': device({ clientId: 5 }),
      'no code': device({ userCode: undefined }),
      'a page that runs a script': device({ verificationUri: 'javascript:alert(1)' }),
      'a pause of nothing between two checks': device({ interval: 0 }),
      'a code for ever': device({ expiresIn: 1e300 }),
    },
  },
  'Entra ID': {
    named: ['integration contoso'],
    server: () => azure,
    ask: () => owner.stint.integrations.login(tenantId, 'device-code'),
    lies: {
      'XML instead of JSON': says('application/json', stsAnswer('')),
      'no token': saysJson({}),
      'a token that is not text': token({ access_token: { a: 1 } }),
      'a token that has expired': token({ expires_in: 0 }),
      'a token until the year 9999': token({ expires_in: seconds(in9999 - Date.now()) }),
      'a token until no time': token({ expires_in: 'tomorrow' }),
    },
  },
  'Resource Manager': {
    named: ['Azure', 'integration contoso'],
    server: () => azure,
    ask: () => owner.stint.integrations.sync(tenantId, by),
    lies: {
      'XML instead of JSON': says('application/json', stsAnswer('')),
      'text instead of a list': saysJson({ value: 'all of them' }),
      'pages without end': growing('value', [], () => ({
        nextLink: `${azure.url}/tenants?page=${(page += 1)}`,
      })),
      'a next page elsewhere': growing('value', [], () => ({
        nextLink: `${elsewhere.url}/tenants`,
      })),
    },
  },
};

const lies: Readonly<Record<string, Lie>> = {
  'a page in HTML': says('text/html', '<html><body>Sign in to our wireless network</body></html>'),
  garbage: says('application/octet-stream', '\u0000\u001b]0;x\u0007{<![CDATA['),
  nothing: says('application/json', ''),
  'a redirect with what was sent': (response) => {
    response.writeHead(307, { location: `${elsewhere.url}/steal` }).end();
  },
  'a compressed answer': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.alloc(100));
  },
};

for (const [name, service] of Object.entries(services)) {
  const refused = async (lie: Lie) => {
    const server = service.server();
    entraIsHonest = name === 'Resource Manager';
    page = 0;
    server.asked = 0;
    server.lie = lie;
    const problem = await refusal(service.ask());
    expect(server.asked).toBeGreaterThan(0);
    expect(problem.code).toBe('cloud-refused');
    for (const words of service.named) expect(problem.message).toContain(words);
    const { sessions, integrations } = owner.stint;
    expect(sessions.list().map(({ status }) => status)).toEqual(
      sessions.list().map(() => 'inactive'),
    );
    for (const id of [lostId, tenantId]) {
      if (name !== 'Resource Manager') expect(integrations.get(id).status).toBe('logged-out');
    }
    return problem;
  };

  describe(`${name} answers with`, () => {
    it.each(Object.entries({ ...lies, ...service.lies }))('%s: refused', async (_, lie) => {
      const problem = await refused(lie);
      expect(problem.message.length).toBeLessThan(600);
      expect(problem.details.next).not.toBe('');
      expect(elsewhere.asked).toBe(0);
    });

    it('more than 1 MB: refused before it has come', async () => {
      const sent = { bytes: 0 };
      expect((await refused(endless(sent))).message).toContain('more than 1 MB');
      expect(sent.bytes).toBeLessThan(16_000_000);
    });
  });
}

it('services that drip are given up after 30 seconds, all of them', async () => {
  aws.lie = azure.lie = drip;
  entraIsHonest = false;
  const { STS, 'the access portal': portal, 'Entra ID': entra } = services;
  const began = performance.now();
  const problems = await Promise.all(
    [STS, portal, entra].map(async (service) => await refusal(service?.ask() ?? Promise.resolve())),
  );
  for (const { code, message } of problems) {
    expect(code).toBe('cloud-refused');
    expect(message).toContain('not complete after 30 seconds');
  }
  expect(performance.now() - began).toBeGreaterThan(29_000);
});
