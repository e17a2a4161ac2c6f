import { expect, it } from 'vitest';
import { sessionSchema, type AwsIamRoleFederatedSession } from '../../../src/models/session.ts';
import type { Settings } from '../../../src/models/settings.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { ServerTime } from '../../../src/services/clock/server-time.ts';
import { createAwsIamRoleFederatedProvider } from '../../../src/services/providers/aws-iam-role-federated.ts';
import { createStsConnector } from '../../../src/services/providers/sts.ts';
import { federation, roleArn, session as named } from './federation.ts';

it('a person signs in once with a code, and the rotations need nobody', async () => {
  const acme = await federation({ mfa: true, cookie: 'session' });
  await acme.admin.createRole({ roleArn, principals: [acme.idpArn] });
  const session = sessionSchema.parse({
    ...named,
    type: 'awsIamRoleFederated',
    region: 'eu-west-1',
    profileName: 'reader',
    status: 'pending',
    startDateTime: '',
    duration: 0,
    createdAt: new Date().toISOString(),
    revision: 1,
    idpId: acme.idp.idpId,
    idpArn: acme.idpArn,
    roleArn,
  }) as AwsIamRoleFederatedSession;
  const clock = new ServerTime(systemClock);
  const provider = createAwsIamRoleFederatedProvider({
    connectSts: createStsConnector({
      settings: () => ({ awsStsEndpointUrl: acme.cloud.stsEndpoint }) as Settings,
      serverTime: clock,
      proxies: {},
    }),
    signIn: acme.signIn(),
    identityProviders: () => acme.idp,
    sessions: () => [session],
    clock,
    log: { explain: () => undefined },
  });
  const request = {
    session,
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    ask: () => Promise.reject(new Error('nothing is asked')),
  };
  const first = await provider.obtain({ ...request, fresh: false, attended: true });
  expect(acme.seen).toHaveLength(2);
  expect(provider.unattended(session)).toBe(true);
  const second = await provider.obtain({ ...request, fresh: true });
  expect(acme.seen).toHaveLength(2);
  expect(second.credentials.accessKeyId).not.toBe(first.credentials.accessKeyId);
  expect((await acme.admin.calls()).map(({ action, error }) => [action, error])).toEqual([
    ['AssumeRoleWithSAML', undefined],
    ['AssumeRoleWithSAML', undefined],
  ]);
  await provider.forget(session.sessionId);
  expect(provider.unattended(session)).toBe(false);
});
