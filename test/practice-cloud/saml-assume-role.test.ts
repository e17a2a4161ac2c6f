import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  GetCallerIdentityCommand,
  type AssumeRoleWithSAMLCommandInput,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import { awsSts } from './aws-cli.ts';
import { accountId, keysOf, practiceForEachTest, refusal } from './practice.ts';

const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;
const nobody = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };

describe('AssumeRoleWithSAML', () => {
  const practice = practiceForEachTest();
  let idpArn = '';
  let roleId = '';
  beforeEach(async () => {
    const { admin } = practice;
    ({ idpArn } = await admin.createSamlProvider({ name: 'acme', accountId }));
    const role = { roleArn, principals: [idpArn], maxSessionSeconds: 7200 };
    ({ roleId } = await admin.createRole(role));
    await admin.createSamlUser({ idpArn, userName: 'anna', roles: [roleArn] });
  });

  type Wanted = Omit<Parameters<typeof practice.admin.samlResponse>[0], 'idpArn' | 'userName'>;
  const response = (wanted: Wanted = {}) =>
    practice.admin.samlResponse({ idpArn, userName: 'anna', ...wanted });

  async function assume(wanted: Wanted = {}, input: Partial<AssumeRoleWithSAMLCommandInput> = {}) {
    return await practice.sts(nobody).send(
      new AssumeRoleWithSAMLCommand({
        RoleArn: roleArn,
        PrincipalArn: idpArn,
        SAMLAssertion: await response(wanted),
        ...input,
      }),
    );
  }

  const invalid = (message: string) => ({
    code: 'InvalidIdentityTokenException',
    status: 400,
    message,
  });
  const expired = (message: string) => ({ code: 'ExpiredTokenException', status: 400, message });
  const denied = (action = 'AssumeRoleWithSAML') => ({
    code: 'AccessDenied',
    status: 403,
    message: `Not authorized to perform sts:${action}`,
  });

  it('makes a role session of it, named as the identity provider says', async () => {
    const answer = await assume();
    expect({ ...answer, $metadata: undefined, Credentials: undefined }).toEqual({
      AssumedRoleUser: {
        AssumedRoleId: `${roleId}:anna`,
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
    const lifetime = async (wanted: Wanted, DurationSeconds: number) => {
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

  it.each([
    ['value', 'Response signature invalid'],
    ['unsigned', 'Response signature invalid'],
    ['second-assertion', 'Your request included an invalid SAML response.'],
    ['wrapped', 'Your request included an invalid SAML response.'],
    ['not-xml', 'Your request included an invalid SAML response.'],
    ['doctype', 'Your request included an invalid SAML response.'],
  ] as const)('refuses a response that was tampered with: %s', async (tamper, message) => {
    expect(await refusal(assume({ tamper }))).toEqual(invalid(message));
  });

  it('refuses what another provider signed, and a provider that is not there', async () => {
    const other = await practice.admin.createSamlProvider({ name: 'other', accountId });
    const ben = { idpArn: other.idpArn, userName: 'ben' };
    await practice.admin.createSamlUser({ ...ben, roles: [roleArn] });
    const claimed = {
      issuer: 'urn:practice-cloud:saml:acme',
      roleValues: [`${roleArn},${idpArn}`],
    };
    const [foreign, forged] = [
      await practice.admin.samlResponse(ben),
      await practice.admin.samlResponse({ ...ben, ...claimed }),
    ];
    expect(await refusal(assume({}, { SAMLAssertion: foreign }))).toEqual(
      invalid('Issuer not present in specified provider'),
    );
    expect(await refusal(assume({}, { SAMLAssertion: forged }))).toEqual(
      invalid('Response signature invalid'),
    );
    expect(await refusal(assume({}, { PrincipalArn: `${idpArn}x` }))).toEqual(
      invalid("Specified provider doesn't exist"),
    );
  });

  it('refuses a response that is too old, ended or not yet good', async () => {
    expect(await refusal(assume({ issuedSecondsAgo: 301, validSeconds: 3600 }))).toEqual(
      expired('Token must be redeemed within 5 minutes of issuance'),
    );
    expect(await refusal(assume({ issuedSecondsAgo: 60, validSeconds: 30 }))).toEqual(
      expired('The SAML assertion has expired.'),
    );
    expect(await refusal(assume({ sessionSeconds: 0 }))).toEqual(
      expired('The SAML assertion has expired.'),
    );
    expect(await refusal(assume({ issuedSecondsAgo: -400 }))).toEqual(
      invalid('The SAML assertion is not valid yet.'),
    );
    const SAMLAssertion = await response();
    await practice.admin.setOverrides({ clockOffsetSeconds: 301 });
    expect((await refusal(assume({}, { SAMLAssertion }))).code).toBe('ExpiredTokenException');
  });

  it('refuses a response for somebody else', async () => {
    expect(await refusal(assume({ audience: 'https://example.com/saml' }))).toEqual(
      invalid('Response does not contain the required audience.'),
    );
    await assume({ audience: 'urn:amazon:webservices' });
    await assume({ recipient: 'https://eu-west-1.signin.aws.amazon.com/saml' });
    for (const recipient of [
      'https://example.com/saml',
      'https://signin.amazonaws.cn/saml',
      'http://signin.aws.amazon.com/saml',
      'https://evil.example/?https://signin.aws.amazon.com/saml',
    ]) {
      expect(await refusal(assume({ recipient }))).toEqual(
        invalid('Response does not contain the required recipient.'),
      );
    }
  });

  it('refuses a failed sign-in, and malformed names', async () => {
    expect(await refusal(assume({ succeeded: false }))).toEqual({
      code: 'IDPRejectedClaimException',
      status: 403,
      message: 'The identity provider reported that authentication failed.',
    });
    expect(await refusal(assume({ roleSessionName: null }))).toEqual(
      invalid('RoleSessionName is required in AuthnResponse'),
    );
    await practice.admin.createSamlUser({
      idpArn,
      userName: 'sid',
      roles: [roleArn],
      sourceIdentity: 'aws:sid',
    });
    const SAMLAssertion = await practice.admin.samlResponse({ idpArn, userName: 'sid' });
    expect(await refusal(assume({}, { SAMLAssertion }))).toEqual(
      invalid('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'),
    );
    expect(await refusal(assume({ roleSessionName: 'two words' }))).toEqual(
      invalid('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}'),
    );
  });

  it('takes the pair in either order, and no role that is not in the response', async () => {
    await assume({ roleValues: [`${idpArn} , ${roleArn}`] });
    expect(await refusal(assume({ roleValues: [] }))).toEqual(denied());
    expect(await refusal(assume({ roleValues: [`${roleArn}x,${idpArn}`] }))).toEqual(denied());
  });

  it('refuses a role that is not there, or does not trust the identity provider', async () => {
    const { admin } = practice;
    const offer = async (name: string, trust?: object) => {
      const RoleArn = `arn:aws:iam::${accountId}:role/${name}`;
      if (trust) await admin.createRole({ roleArn: RoleArn, principals: [idpArn], ...trust });
      return await refusal(assume({ roleValues: [`${RoleArn},${idpArn}`] }, { RoleArn }));
    };
    expect(await offer('nowhere')).toEqual(denied());
    expect(await offer('others', { principals: [`${idpArn}x`] })).toEqual(denied());
    expect(await offer('external', { externalId: 'x1' })).toEqual(denied());
    expect(await offer('mfa', { mfaRequired: true })).toEqual(denied());
  });

  it('carries tags and a source identity, where the role allows', async () => {
    const { admin } = practice;
    const plain = `arn:aws:iam::${accountId}:role/plain`;
    await admin.createRole({
      roleArn: plain,
      principals: [idpArn],
      tagSession: false,
      setSourceIdentity: false,
    });
    const roles = [roleArn, plain];
    const create = (userName: string, rest: object) =>
      admin.createSamlUser({ idpArn, userName, roles, ...rest });
    await create('tess', { tags: { team: 'blue' } });
    await create('sid', { sourceIdentity: 'sid-1', sessionDuration: 900 });
    const as = async (userName: string, RoleArn: string) =>
      await assume({}, { RoleArn, SAMLAssertion: await admin.samlResponse({ idpArn, userName }) });
    expect(await as('tess', roleArn)).toMatchObject({ PackedPolicySize: 1 });
    expect(await as('sid', roleArn)).toMatchObject({ SourceIdentity: 'sid-1' });
    expect(await refusal(as('tess', plain))).toEqual(denied('TagSession'));
    expect(await refusal(as('sid', plain))).toEqual(denied('SetSourceIdentity'));
  });

  it('refuses what is not a response, without repeating it', async () => {
    expect(await refusal(assume({}, { SAMLAssertion: 'not base 64!' }))).toEqual(
      invalid('Invalid base64 SAMLResponse'),
    );
    const long = await refusal(assume({}, { SAMLAssertion: 'A'.repeat(100_001) }));
    expect(long.message).toBe(
      "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: " +
        'Member must have length less than or equal to 100000',
    );
    expect((await refusal(assume({}, { RoleArn: 'arn:aws:iam::1:role/x' }))).message).toContain(
      'is invalid',
    );
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
        ...['--role-arn', roleArn, '--principal-arn', idpArn, '--saml-assertion', assertion],
      );
    const assumed = await call(await response());
    expect(assumed.json).toMatchObject({ Subject: 'anna', SubjectType: 'persistent' });
    const who = await awsSts(
      practice.endpoint,
      keysOf(assumed.json as object),
      'get-caller-identity',
    );
    expect(who.json).toMatchObject({ UserId: `${roleId}:anna` });
    const late = await call(await response({ issuedSecondsAgo: 400 }));
    expect(late.stderr).toContain(
      'An error occurred (ExpiredTokenException) when calling the AssumeRoleWithSAML operation: ' +
        'Token must be redeemed within 5 minutes of issuance',
    );
    const spoiled = await call(await response({ tamper: 'value' }));
    expect(spoiled.stderr).toContain('(InvalidIdentityToken)');
  });
});
