import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settings } from '../../src/models/settings.ts';
import type { AwsIamRoleFederatedSession } from '../../src/models/session.ts';
import { readIssuerKeys } from '../../src/services/access/issuer/read-keys.ts';
import { ServiceTimes } from '../../src/services/clock/service-times.ts';
import { notOffered } from '../../src/services/providers/saml-problem.ts';
import { FakeClock } from '../fakes/clock.ts';
import { lyingServer, saysJson, type LyingServer } from './lying-server.ts';

/* What others say is named in few words, and none of them controls a terminal. */

let issuer: LyingServer;
beforeAll(async () => {
  issuer = await lyingServer();
});
afterAll(() => issuer.close());

it('an issuer that calls itself something long with control characters is named in part', async () => {
  issuer.lie = saysJson({ issuer: 'x\u001b[2J'.repeat(50_000), jwks_uri: 'https://keys.example' });
  const times = new ServiceTimes(new FakeClock('2026-12-03T12:00:00Z'));
  const network = { settings: () => ({}) as Settings, proxies: {}, times };
  const read = readIssuerKeys(issuer.url, network, new AbortController().signal);
  const { message } = await read.then(
    () => new Error('it has keys'),
    (error: unknown) => error as Error,
  );
  expect(message).toContain('is of another issuer');
  expect(message).not.toContain('\u001b');
  expect(message.length).toBeLessThan(600);
});

it('an identity provider that offers hundreds of other roles has ten of them named', () => {
  const arn = (kind: string) => `arn:aws:iam::111122223333:${kind}`;
  const offered = Array.from({ length: 600 }, (_, at) => ({
    roleArn: arn(`role/R${at % 300}`),
    idpArn: arn('saml-provider/P'),
  }));
  const session = { sessionId: 'x', sessionName: 'reader', roleArn: arn('role/X') };
  const { message } = notOffered(offered, session as AwsIamRoleFederatedSession);
  expect(message).toContain(`${arn('role/R9')} with ${arn('saml-provider/P')} and 290 more.`);
});
