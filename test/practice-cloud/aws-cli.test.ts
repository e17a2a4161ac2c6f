import { beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { awsSts } from './aws-cli.ts';
import { accountId, keysOf, practiceForEachTest } from './practice.ts';

/** With no Stint in between: the practice cloud is judged by AWS's own tool. */
describe('the real AWS CLI', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna', mfa: true });
  });

  it('learns who it is, with keys and with a session token', async () => {
    const who = { Account: accountId, Arn: anna.arn, UserId: anna.userId };
    const byKeys = await awsSts(practice.endpoint, anna, 'get-caller-identity');
    expect(byKeys.json).toEqual(who);

    const session = await awsSts(practice.endpoint, anna, 'get-session-token');
    const byToken = await awsSts(
      practice.endpoint,
      keysOf(session.json as object),
      'get-caller-identity',
    );
    expect(byToken.json).toEqual(who);
  });

  it('gets a session token with an MFA code, once for each code', async () => {
    const code = await practice.admin.mfaCode(String(anna.mfaSerial));
    const mfa = ['--serial-number', String(anna.mfaSerial), '--token-code', code];
    const first = await awsSts(practice.endpoint, anna, 'get-session-token', ...mfa);
    expect(first.json).toEqual({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string,
        SecretAccessKey: expect.stringMatching(/^[\w+/]{40}$/) as string,
        SessionToken: expect.stringMatching(/^[\w+/=]{600,}$/) as string,
        Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      },
    });
    const second = await awsSts(practice.endpoint, anna, 'get-session-token', ...mfa);
    expect(second.code).not.toBe(0);
    expect(second.stderr).toContain(
      'An error occurred (AccessDenied) when calling the GetSessionToken operation: ' +
        'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    );
  });

  it('assumes a role, and from there is the role', async () => {
    const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;
    const role = await practice.admin.createRole({ roleArn, principals: [anna.arn] });
    const assumed = await awsSts(
      ...([practice.endpoint, anna, 'assume-role'] as const),
      ...['--role-arn', roleArn, '--role-session-name', 'from-cli', '--external-id', 'x/1'],
      ...['--tags', 'Key=team,Value=blue green', '--source-identity', 'anna'],
    );
    const identity = await awsSts(
      practice.endpoint,
      keysOf(assumed.json as object),
      'get-caller-identity',
    );
    expect(assumed.json).toMatchObject({
      AssumedRoleUser: {
        AssumedRoleId: `${role.roleId}:from-cli`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/reader/from-cli`,
      },
      SourceIdentity: 'anna',
      PackedPolicySize: 1,
    });
    expect(identity.json).toEqual({
      Account: accountId,
      Arn: `arn:aws:sts::${accountId}:assumed-role/reader/from-cli`,
      UserId: `${role.roleId}:from-cli`,
    });
  });

  it('is refused with a wrong secret, an unknown key and an inactive key', async () => {
    const wrong = { ...anna, secretAccessKey: `${anna.secretAccessKey.slice(1)}x` };
    const unknown = { ...anna, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
    const answers = [
      await awsSts(practice.endpoint, wrong, 'get-caller-identity'),
      await awsSts(practice.endpoint, unknown, 'get-caller-identity'),
    ];
    await practice.admin.deactivateKey(anna.accessKeyId);
    answers.push(await awsSts(practice.endpoint, anna, 'get-caller-identity'));
    expect(answers.map(({ stderr }) => /\((\w+)\)/.exec(stderr)?.[1])).toEqual([
      'SignatureDoesNotMatch',
      'InvalidClientTokenId',
      'InvalidClientTokenId',
    ]);
  });

  it('is refused when its clock is more than 15 minutes off', async () => {
    await practice.admin.setOverrides({ clockOffsetSeconds: 16 * 60 });
    const late = await awsSts(practice.endpoint, anna, 'get-caller-identity');
    expect(late.stderr).toMatch(
      /\(SignatureDoesNotMatch\).*Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)/,
    );
    await practice.admin.setOverrides({ clockOffsetSeconds: -16 * 60 });
    const early = await awsSts(practice.endpoint, anna, 'get-caller-identity');
    expect(early.stderr).toMatch(/\(SignatureDoesNotMatch\).*Signature not yet current/);
    await practice.admin.setOverrides({ clockOffsetSeconds: 14 * 60 });
    const nearly = await awsSts(practice.endpoint, anna, 'get-caller-identity');
    expect(nearly.code).toBe(0);
  });

  it('is refused once its session token has expired', async () => {
    const session = await awsSts(practice.endpoint, anna, 'get-session-token');
    await practice.admin.setOverrides({ grantedSeconds: 1 });
    const short = await awsSts(practice.endpoint, anna, 'get-session-token');
    await practice.admin.setOverrides({ clockOffsetSeconds: 5 });
    const [alive, expired] = [
      await awsSts(practice.endpoint, keysOf(session.json as object), 'get-caller-identity'),
      await awsSts(practice.endpoint, keysOf(short.json as object), 'get-caller-identity'),
    ];
    expect(alive.code).toBe(0);
    expect(expired.stderr).toContain('(ExpiredToken)');
  });
});
