import { expect, it } from 'vitest';
import { federatedProvider } from './federated-provider.ts';
import { federation, roleArn } from './federation.ts';

it('a person signs in once with a code, and the rotations need nobody', async () => {
  const acme = await federation({ mfa: true, cookie: 'session' });
  await acme.admin.createRole({ roleArn, principals: [acme.idpArn] });
  const { session, provider, request } = federatedProvider(acme.idp, {
    idpArn: acme.idpArn,
    stsEndpoint: acme.cloud.stsEndpoint,
    signIn: acme.signIn(),
  });
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
