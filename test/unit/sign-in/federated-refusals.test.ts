import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { accountId, requestFor, roleArn, scriptedFederation } from './scripted-sign-in.ts';

describe('what a federated session is refused', () => {
  it('names the roles that are offered, and how to choose one, where nobody is there to choose', async () => {
    const { provider, session, idpArn, script } = await scriptedFederation();
    script.signedIn = true;
    const wrong = session({ roleArn: `${roleArn}s` });
    const { request } = requestFor(wrong, { fresh: true });
    await expect(provider.obtain(request)).rejects.toMatchObject({
      code: 'cloud-refused',
      details: {
        sessionId: wrong.sessionId,
        detail:
          `The identity provider does not offer session reader the role ${roleArn}s with ${idpArn}. ` +
          `It offers ${roleArn} with ${idpArn}.`,
        next: `Choose one of them: stint session edit ${wrong.sessionId} --role-arn ARN --idp-arn ARN`,
      },
    });
  });

  it.each(['1', roleArn])('has a person choose among the roles offered, by %s', async (choice) => {
    const { provider, session, idpArn } = await scriptedFederation();
    const { request, asked, answer } = requestFor(session({ roleArn: `${roleArn}s` }));
    answer.resolve(choice);
    expect(await provider.obtain(request)).toMatchObject({ chosen: { roleArn, idpArn } });
    expect(asked).toMatchObject([{ kind: 'choice', choices: [roleArn] }]);
  });

  it('lists the offered roles when the choice is not among them', async () => {
    const { provider, session } = await scriptedFederation();
    const { request, answer } = requestFor(session({ roleArn: `${roleArn}s` }));
    answer.resolve('7');
    await expect(provider.obtain(request)).rejects.toMatchObject({ code: 'cloud-refused' });
  });

  it('says so where no role is offered at all', async () => {
    const { provider, session, script } = await scriptedFederation();
    script.wanted = { roleValues: [] };
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      message: expect.stringContaining('It offers no role.') as string,
    });
  });

  it.each([
    [
      { issuedSecondsAgo: 400, validSeconds: 900 },
      'AWS refused the sign-in response for session reader as too old: Token must be redeemed within 5 minutes of issuance',
    ],
    [
      { tamper: 'value' },
      'AWS did not accept the sign-in response for session reader: Response signature invalid',
    ],
    [
      { audience: 'https://example.com' },
      'AWS did not accept the sign-in response for session reader: Response does not contain the required audience.',
    ],
    [
      { succeeded: false },
      'The identity provider refused the sign-in of session reader: The identity provider reported that authentication failed.',
    ],
  ] as const)('a response that AWS does not take: %j', async (wanted, message) => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.wanted = wanted;
    const refused = provider.obtain(requestFor(session()).request);
    await expect(refused).rejects.toMatchObject({ code: 'cloud-refused', message });
    const said = inspect(await refused.catch((error: unknown) => error), { depth: Infinity });
    expect(said).not.toContain((await admin.samlResponse(user(session()))).slice(0, 40));
  });

  it('a response made in time, for an AWS whose clock is far ahead', async () => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.signedIn = true;
    script.response = await admin.samlResponse(user(session()));
    await admin.setOverrides({ clockOffsetSeconds: 600 });
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      message: expect.stringContaining('too old') as string,
    });
  });

  it('a role that does not trust the identity provider', async () => {
    const { provider, session, admin, idpArn } = await scriptedFederation();
    await admin.deleteRole(roleArn);
    await admin.createRole({ roleArn, principals: [accountId] });
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      code: 'cloud-refused',
      message: `AWS denied session reader the role ${roleArn}: Not authorized to perform sts:AssumeRoleWithSAML`,
      details: {
        next: `Check that the role exists and that its trust policy names ${idpArn}.`,
      },
    });
  });

  it.each([
    [{ throttleNext: 9 }, 'is throttling'],
    [{ failNext: 9, failStatus: 503 }, 'HTTP 503'],
    [{ dropConnections: true }, 'did not answer'],
  ] as const)('for a while, when STS has trouble: %j', async (overrides, words) => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.signedIn = true;
    await admin.setOverrides(overrides);
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      code: 'cloud-unreachable',
      message: expect.stringContaining(words) as string,
      details: { sessionId: expect.any(String) as string },
    });
  });

  it('a response that is too long for AWS, before it is sent', async () => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.signedIn = true;
    script.response = 'A'.repeat(100_004);
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      code: 'cloud-refused',
      message:
        'The sign-in response for session reader is 100004 characters long; AWS accepts 4 to 100000.',
    });
    expect(await admin.calls()).toEqual([]);
  });

  it('an identity provider that is not there', async () => {
    const { provider, session } = await scriptedFederation();
    const idpId = randomUUID();
    await expect(provider.obtain(requestFor(session({ idpId })).request)).rejects.toMatchObject({
      code: 'dependency-missing',
      message: `Session reader signs in at identity provider ${idpId}, which was removed.`,
    });
  });

  function user({ idpArn }: { readonly idpArn: string }) {
    return { idpArn, userName: 'anna' };
  }
});
