import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { awsSts } from './aws-cli.ts';
import { accountId, keysOf, refusal } from './practice.ts';
import { denied, nobody, roleArn, samlRoleForEachTest, type WantedResponse } from './saml-role.ts';

const saml = samlRoleForEachTest();
const { practice, response, assume } = saml;

describe('AssumeRoleWithSAML', () => {
  it('makes a role session of it, named as the identity provider says', async () => {
    const answer = await assume();
    expect({ ...answer, $metadata: undefined, Credentials: undefined }).toEqual({
      AssumedRoleUser: {
        AssumedRoleId: `${saml.roleId}:anna`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/reader/anna`,
      },
      Subject: 'anna',
      SubjectType: 'persistent',
      Issuer: 'urn:practice-cloud:saml:acme',
      Audience: 'https://signin.aws.amazon.com/saml',
      NameQualifier: expect.stringMatching(/^[\w+/]{27}=$/) as string,
    });
    const seconds = ((answer.Credentials?.Expiration?.valueOf() ?? 0) - Date.now()) / 1000;
    expect(Math.round(seconds / 60)).toBe(60);
    const who = await practice.sts(keysOf(answer)).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/reader/anna`);
  });

  it('takes a response again while it is fresh', async () => {
    const SAMLAssertion = await response();
    await assume({}, { SAMLAssertion });
    await assume({}, { SAMLAssertion });
  });

  it('counts a hop from its credentials as a chain', async () => {
    const deeper = 'arn:aws:iam::210987654321:role/deeper';
    await practice.admin.createRole({
      roleArn: deeper,
      principals: [roleArn],
      maxSessionSeconds: 43_200,
    });
    const sts = practice.sts(keysOf(await assume()));
    const hop = { RoleArn: deeper, RoleSessionName: 'hop' };
    await sts.send(new AssumeRoleCommand(hop));
    const long = await refusal(sts.send(new AssumeRoleCommand({ ...hop, DurationSeconds: 7200 })));
    expect(long.message).toContain('1 hour session limit');
  });

  it('lasts no longer than the role allows and the identity provider says', async () => {
    const lifetime = async (wanted: WantedResponse, DurationSeconds: number) => {
      const { Credentials } = await assume(wanted, { DurationSeconds });
      const milliseconds = (Credentials?.Expiration?.valueOf() ?? 0) - Date.now();
      return Math.round(milliseconds / 60_000);
    };
    expect(await lifetime({}, 7200)).toBe(120);
    expect(await lifetime({ sessionSeconds: 1200 }, 7200)).toBe(20);
    expect(await refusal(assume({}, { DurationSeconds: 7201 }))).toEqual({
      code: 'ValidationError',
      status: 400,
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    const bounds = [899, 43_201].map((DurationSeconds) => refusal(assume({}, { DurationSeconds })));
    expect((await Promise.all(bounds)).map(({ message }) => message.split('value ')[1])).toEqual([
      'greater than or equal to 900',
      'less than or equal to 43200',
    ]);
  });

  it('takes the pair in either order, and no role that is not in the response', async () => {
    await assume({ roleValues: [`${saml.idpArn} , ${roleArn}`] });
    expect(await refusal(assume({ roleValues: [] }))).toEqual(denied());
    expect(await refusal(assume({ roleValues: [`${roleArn}x,${saml.idpArn}`] }))).toEqual(denied());
  });

  it('carries tags and a source identity, where the role allows', async () => {
    const { admin } = practice;
    const plain = `arn:aws:iam::${accountId}:role/plain`;
    await admin.createRole({
      roleArn: plain,
      principals: [saml.idpArn],
      tagSession: false,
      setSourceIdentity: false,
    });
    const roles = [roleArn, plain];
    const create = (userName: string, rest: object) =>
      admin.createSamlUser({ idpArn: saml.idpArn, userName, roles, ...rest });
    await create('tess', { tags: { team: 'blue' } });
    await create('sid', { sourceIdentity: 'sid-1', sessionDuration: 900 });
    const as = async (userName: string, RoleArn: string) =>
      await assume(
        {},
        { RoleArn, SAMLAssertion: await admin.samlResponse({ idpArn: saml.idpArn, userName }) },
      );
    expect(await as('tess', roleArn)).toMatchObject({ PackedPolicySize: 1 });
    expect(await as('sid', roleArn)).toMatchObject({ SourceIdentity: 'sid-1' });
    expect(await refusal(as('tess', plain))).toEqual(denied('TagSession'));
    expect(await refusal(as('sid', plain))).toEqual(denied('SetSourceIdentity'));
  });

  it('meets the overrides, and is in the log without the response', async () => {
    const { admin } = practice;
    await admin.setOverrides({ throttleNext: 1 });
    expect((await refusal(assume())).code).toBe('Throttling');
    await admin.setOverrides({ failNext: 1 });
    expect((await refusal(assume())).status).toBe(500);
    await admin.setOverrides({ grantedSeconds: 5 });
    const { Credentials } = await assume();
    expect((Credentials?.Expiration?.valueOf() ?? 0) - Date.now()).toBeLessThan(6000);
    const calls = await admin.calls();
    expect(calls.map(({ action, error }) => [action, error])).toEqual([
      ['AssumeRoleWithSAML', 'Throttling'],
      ['AssumeRoleWithSAML', 'InternalFailure'],
      ['AssumeRoleWithSAML', undefined],
    ]);
    expect(JSON.stringify(calls).length).toBeLessThan(1000);
  });

  it('is spoken by the real AWS CLI', async () => {
    const call = async (assertion: string) =>
      await awsSts(
        ...([practice.endpoint, nobody, 'assume-role-with-saml'] as const),
        ...['--role-arn', roleArn, '--principal-arn', saml.idpArn, '--saml-assertion', assertion],
      );
    const assumed = await call(await response());
    expect(assumed.json).toMatchObject({ Subject: 'anna', SubjectType: 'persistent' });
    const who = await awsSts(
      practice.endpoint,
      keysOf(assumed.json as object),
      'get-caller-identity',
    );
    expect(who.json).toMatchObject({ UserId: `${saml.roleId}:anna` });
    const late = await call(await response({ issuedSecondsAgo: 400 }));
    expect(late.stderr).toContain(
      'An error occurred (ExpiredTokenException) when calling the AssumeRoleWithSAML operation: ' +
        'Token must be redeemed within 5 minutes of issuance',
    );
    const spoiled = await call(await response({ tamper: 'value' }));
    expect(spoiled.stderr).toContain('(InvalidIdentityToken)');
  });
});
