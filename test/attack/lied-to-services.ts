import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { CertificateAuthority } from '../../practice-cloud/tls/certificate-authority.ts';
import type { Problem, ProblemCode } from '../../src/models/problem.ts';
import type { Session } from '../../src/models/session.ts';
import { identityCenter, payments } from '../support/identity-center.ts';
import { scratchOwner, type ScratchOwner } from '../support/scratch-owner.ts';
import { by, refusal } from '../support/session-journey.ts';
import { lyingServer, saysJson, type Lie, type LyingServer } from './lying-server.ts';

export const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';

/** A service that Stint asks. */
interface Service {
  /** Named in every refusal. */
  readonly named: readonly string[];
  readonly server: () => LyingServer;
  readonly ask: () => Promise<unknown>;
}

/** One owner for the tests of a file, whose every service is a server that lies. */
export function liedToServices() {
  let owner: ScratchOwner;
  let aws: LyingServer;
  let azure: LyingServer;
  let elsewhere: LyingServer;
  let user: Session;
  let role: Session;
  let centerId = '';
  let lostId = '';
  let tenantId = '';
  let personId = '';
  /** Paths that are answered as they should be, for those that lie with what comes after. */
  let honest: Readonly<Record<string, Lie>> = {};

  beforeAll(async () => {
    owner = await scratchOwner({ env: { NO_PROXY: 'localhost,127.0.0.1' } });
    const authority = await CertificateAuthority.create();
    const answersHonestly: Parameters<typeof lyingServer>[1] = (request, response) => {
      const [, answer] = Object.entries(honest).find(([path]) => request.url?.includes(path)) ?? [];
      answer?.(response, request);
      return answer !== undefined;
    };
    aws = await lyingServer(undefined, answersHonestly);
    elsewhere = await lyingServer();
    azure = await lyingServer(await authority.issue(['localhost']), answersHonestly);
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
      awsIamEndpointUrl: aws.url,
      awsSsoEndpointUrl: aws.url,
      awsSsoOidcEndpointUrl: aws.url,
      azureCaBundle: caBundle,
      azureResourceManagerUrl: azure.url,
    });
    const startUrl = `${aws.url}/start`;
    const lost = { kind: 'awsSso', name: 'lost', region: 'eu-west-1', startUrl } as const;
    lostId = (await integrations.create(lost, by)).integrationId;
    const cloud = { kind: 'azure', tenantId: tenant, authorityHost: azure.url } as const;
    const app = { ...cloud, name: 'contoso', clientId: randomUUID() };
    const secrets = { clientSecret: 'a-secret-of-the-application' };
    tenantId = (await integrations.create(app, by, secrets)).integrationId;
    personId = (await integrations.create({ ...cloud, name: 'person' }, by)).integrationId;
  });
  afterAll(async () => {
    await owner.close();
    for (const server of [aws, azure, elsewhere]) await server.close();
  });

  const services = {
    STS: {
      named: ['AWS STS', 'session anna'],
      server: () => aws,
      ask: () => owner.stint.sessions.start(user.sessionId, { by }),
    },
    IAM: {
      named: ['AWS', 'session anna'],
      server: () => aws,
      ask: () => owner.stint.sessions.rotateKeys(user.sessionId, { finish: false, by }),
    },
    'the access portal': {
      named: ['AWS Identity Center', 'session payments-prod / Admin'],
      server: () => aws,
      ask: () => owner.stint.sessions.start(role.sessionId, { by }),
    },
    'the list of accounts': {
      named: ['AWS Identity Center', 'integration acme'],
      server: () => aws,
      ask: () => owner.stint.integrations.sync(centerId, by),
    },
    'the sign-in of Identity Center': {
      named: ['AWS Identity Center', 'integration lost'],
      server: () => aws,
      ask: () => owner.stint.integrations.login(lostId, 'device-code'),
    },
    'Entra ID': {
      named: ['integration contoso'],
      server: () => azure,
      ask: () => owner.stint.integrations.login(tenantId, 'device-code'),
    },
    'the device codes of Entra ID': {
      named: ['integration person'],
      server: () => azure,
      ask: () => owner.stint.integrations.login(personId, 'device-code'),
    },
    'Resource Manager': {
      named: ['Azure', 'integration contoso'],
      server: () => azure,
      ask: () => owner.stint.integrations.sync(tenantId, by),
    },
  } as const satisfies Readonly<Record<string, Service>>;
  type ServiceName = keyof typeof services;

  /** How Entra ID answers what comes before the call that is meant. */
  const before = (name: ServiceName): Readonly<Record<string, Lie>> => {
    const metadata = saysJson({
      token_endpoint: `${azure.url}/${tenant}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${azure.url}/${tenant}/oauth2/v2.0/devicecode`,
      authorization_endpoint: `${azure.url}/${tenant}/oauth2/v2.0/authorize`,
      issuer: `${azure.url}/${tenant}/v2.0`,
      jwks_uri: `${azure.url}/${tenant}/keys`,
    });
    const token = saysJson({ token_type: 'Bearer', access_token: 'at-1', expires_in: 3600 });
    return {
      'openid-configuration': metadata,
      ...(name === 'Resource Manager' ? { '/token': token } : {}),
    };
  };

  const ask = async (name: ServiceName, lie: Lie): Promise<Problem> => {
    const service: Service = services[name];
    const server = service.server();
    honest = before(name);
    server.asked = 0;
    server.lie = lie;
    return await refusal(service.ask());
  };

  return {
    /** What a service that does this is refused with. */
    ask,
    names: Object.keys(services) as readonly ServiceName[],
    owner: () => owner,
    /** What is answered at paths that contain these words, until the next refusal. */
    answers: (paths: Readonly<Record<string, Lie>>) => {
      honest = { ...before('Entra ID'), ...paths };
    },
    integrations: () => ({ acme: centerId, center: lostId, person: personId }),
    azure: () => azure,
    /** Where redirects lead. */
    elsewhere: () => elsewhere,
    /** The same, in words for people, and nothing has become active. */
    refused: async (
      name: ServiceName,
      lie: Lie,
      code: ProblemCode = 'cloud-refused',
    ): Promise<Problem> => {
      const problem = await ask(name, lie);
      const { named, server } = services[name];
      expect(server().asked).toBeGreaterThan(0);
      expect(problem.code).toBe(code);
      for (const words of named) expect(problem.message).toContain(words);
      expect(problem.message.length).toBeLessThan(700);
      expect(problem.details.next).not.toBe('');
      expect(problem.details.next.length).toBeLessThan(700);
      const { sessions, integrations, prompts } = owner.stint;
      expect(sessions.list().filter(({ status }) => status !== 'inactive')).toEqual([]);
      expect(prompts.list()).toEqual([]);
      const refusedThere = name === 'Entra ID' ? [lostId, personId, tenantId] : [lostId, personId];
      expect(refusedThere.map((id) => integrations.get(id).status)).not.toContain('logged-in');
      return problem;
    },
  };
}
