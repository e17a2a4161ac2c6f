import { AssumeRoleCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { accountId, practiceForEachTest, refusal } from './practice.ts';

describe('the admin routes', () => {
  const practice = practiceForEachTest();

  it('want the token printed at the start', async () => {
    const stranger = connectAdmin({
      adminEndpoint: practice.adminEndpoint,
      adminToken: 'not the token',
    });
    await expect(stranger.createUser({ accountId, userName: 'eve' })).rejects.toThrow('missing');
    const bare = await fetch(`${practice.adminEndpoint}/_practice/calls`);
    expect(bare.status).toBe(401);
    const onSts = await fetch(`${practice.endpoint}/_practice/calls`);
    expect(onSts.status).toBe(404);
  });

  it('refuse what IAM would refuse', async () => {
    const { admin } = practice;
    const anna = await admin.createUser({ accountId, userName: 'anna', path: '/team/' });
    expect(anna.arn).toBe(`arn:aws:iam::${accountId}:user/team/anna`);
    await expect(admin.createUser({ accountId, userName: 'Anna' })).rejects.toThrow(
      'EntityAlreadyExists',
    );
    await admin.createKey(anna.arn);
    await expect(admin.createKey(anna.arn)).rejects.toThrow('LimitExceeded');
    await expect(admin.deactivateKey('AKIAIOSFODNN7EXAMPLE')).rejects.toThrow('NoSuchEntity');
    await expect(admin.createUser({ accountId: '12', userName: 'ben' })).rejects.toThrow(
      'an account id has 12 digits',
    );
    const roleArn = `arn:aws:iam::${accountId}:role/reader`;
    await admin.createRole({ roleArn, principals: [anna.arn] });
    await expect(admin.createRole({ roleArn, principals: [anna.arn] })).rejects.toThrow(
      'EntityAlreadyExists',
    );
    await expect(
      admin.createRole({ roleArn: `${roleArn}2`, principals: [anna.arn], maxSessionSeconds: 1 }),
    ).rejects.toThrow('maxSessionSeconds');
  });

  it('give a user a second MFA device, and take one away', async () => {
    const { admin } = practice;
    const anna = await admin.createUser({ accountId, userName: 'anna', mfa: true });
    const phone = await admin.createMfaDevice(anna.arn, 'phone');
    expect(phone.serial).toBe(`arn:aws:iam::${accountId}:mfa/phone`);
    expect(phone.seed).toMatch(/^[A-Z2-7]{64}$/);
    await admin.deleteMfaDevice(String(anna.mfaSerial));
    const session = async (SerialNumber: string, TokenCode: string) =>
      practice.sts(anna).send(new GetSessionTokenCommand({ SerialNumber, TokenCode }));
    await session(phone.serial, await admin.mfaCode(phone.serial));
    const gone = await refusal(session(String(anna.mfaSerial), '123456'));
    expect(gone.message).toContain('unable to validate MFA code');
    await expect(admin.mfaCode(String(anna.mfaSerial))).rejects.toThrow('no MFA device');
  });

  it('list what STS was asked, by whom and when, and no secret', async () => {
    const { admin } = practice;
    const anna = await admin.createUser({ accountId, userName: 'anna', mfa: true });
    const TokenCode = await admin.mfaCode(String(anna.mfaSerial));
    const asked = { SerialNumber: anna.mfaSerial, TokenCode, DurationSeconds: 900 };
    const sts = practice.sts(anna);
    const { Credentials } = await sts.send(new GetSessionTokenCommand(asked));
    const RoleArn = `arn:aws:iam::${accountId}:role/reader`;
    await refusal(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'work' })));
    const calls = await admin.calls();
    const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    const by = { time, principal: anna.arn, accessKeyId: anna.accessKeyId };
    expect(calls).toEqual([
      { ...by, action: 'GetSessionToken', durationSeconds: '900', serialNumber: anna.mfaSerial },
      {
        ...by,
        action: 'AssumeRole',
        roleArn: RoleArn,
        roleSessionName: 'work',
        error: 'AccessDenied',
      },
    ]);
    const text = JSON.stringify(calls);
    for (const secret of [
      anna.secretAccessKey,
      anna.mfaSeed,
      `"${TokenCode}"`,
      Credentials?.SecretAccessKey,
      Credentials?.SessionToken,
    ]) {
      expect(text).not.toContain(String(secret));
    }
    await admin.clearCalls();
    expect(await admin.calls()).toEqual([]);
  });
});
