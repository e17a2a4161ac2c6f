import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { accountId, keysOf, practiceForEachTest, refusal, type Keys } from './practice.ts';

const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;
const deeperArn = 'arn:aws:iam::210987654321:role/deeper';

describe('AssumeRole', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna', mfa: true });
    await practice.admin.createRole({
      roleArn,
      principals: [anna.arn],
      maxSessionSeconds: 7200,
    });
    await practice.admin.createRole({
      roleArn: deeperArn,
      principals: [roleArn],
      maxSessionSeconds: 43_200,
    });
  });

  const assume = (keys: Keys, input: Partial<AssumeRoleCommandInput> = {}) =>
    practice
      .sts(keys)
      .send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'work', ...input }));

  const denied = (who: string, arn: string, action = 'AssumeRole') => ({
    code: 'AccessDenied',
    status: 403,
    message: `User: ${who} is not authorized to perform: sts:${action} on resource: ${arn}`,
  });

  it('grants an hour by default, and up to what the role allows', async () => {
    await assume(anna, { DurationSeconds: 900 });
    await assume(anna, { DurationSeconds: 7200 });
    const before = Date.now();
    const { Credentials } = await assume(anna);
    const seconds = ((Credentials?.Expiration?.valueOf() ?? 0) - before) / 1000;
    expect(Math.round(seconds / 60)).toBe(60);
    expect(await refusal(assume(anna, { DurationSeconds: 7201 }))).toEqual({
      code: 'ValidationError',
      status: 400,
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    const bounds = [899, 43_201].map((DurationSeconds) =>
      refusal(assume(anna, { DurationSeconds })),
    );
    expect((await Promise.all(bounds)).map(({ message }) => message.split('value ')[1])).toEqual([
      'greater than or equal to 900',
      'less than or equal to 43200',
    ]);
  });

  it('chains from a role for an hour at most', async () => {
    const reader = keysOf(await assume(anna));
    const deeper = keysOf(await assume(reader, { RoleArn: deeperArn, DurationSeconds: 3600 }));
    const who = await practice.sts(deeper).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe('arn:aws:sts::210987654321:assumed-role/deeper/work');
    expect(await refusal(assume(reader, { RoleArn: deeperArn, DurationSeconds: 3601 }))).toEqual({
      code: 'ValidationError',
      status: 400,
      message:
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    });
  });

  it('counts a session token as a chain, as users of the service report', async () => {
    const session = keysOf(await practice.sts(anna).send(new GetSessionTokenCommand({})));
    await assume(session, { DurationSeconds: 3600 });
    const { message } = await refusal(assume(session, { DurationSeconds: 7200 }));
    expect(message).toContain('1 hour session limit');
  });

  it('refuses who is not trusted and what does not exist in the same words', async () => {
    const ben = await practice.admin.createUser({ accountId, userName: 'ben' });
    const nowhere = `arn:aws:iam::${accountId}:role/nowhere`;
    expect(await refusal(assume(ben))).toEqual(denied(ben.arn, roleArn));
    expect(await refusal(assume(anna, { RoleArn: nowhere }))).toEqual(denied(anna.arn, nowhere));
    const reader = keysOf(await assume(anna));
    expect(await refusal(assume(reader))).toEqual(
      denied(`arn:aws:sts::${accountId}:assumed-role/reader/work`, roleArn),
    );
  });

  it('trusts a whole account by its id or its root', async () => {
    for (const [name, principal] of [
      ['by-id', accountId],
      ['by-root', `arn:aws:iam::${accountId}:root`],
    ]) {
      const arn = `arn:aws:iam::210987654321:role/${String(name)}`;
      await practice.admin.createRole({ roleArn: arn, principals: [String(principal)] });
      const { AssumedRoleUser } = await assume(anna, { RoleArn: arn });
      expect(AssumedRoleUser?.Arn).toContain(`assumed-role/${String(name)}/work`);
    }
  });

  it('wants the external id the role asks for', async () => {
    const arn = `arn:aws:iam::${accountId}:role/partner`;
    await practice.admin.createRole({
      roleArn: arn,
      principals: [anna.arn],
      externalId: 'Example/9=',
    });
    await assume(anna, { RoleArn: arn, ExternalId: 'Example/9=' });
    expect(await refusal(assume(anna, { RoleArn: arn }))).toEqual(denied(anna.arn, arn));
    expect(await refusal(assume(anna, { RoleArn: arn, ExternalId: 'other' }))).toEqual(
      denied(anna.arn, arn),
    );
  });

  it('wants MFA where the role asks: a code now, or a session token got with one', async () => {
    const arn = `arn:aws:iam::${accountId}:role/careful`;
    await practice.admin.createRole({
      roleArn: arn,
      principals: [anna.arn],
      mfaRequired: true,
    });
    const mfa = async () => ({
      SerialNumber: String(anna.mfaSerial),
      TokenCode: await practice.admin.mfaCode(String(anna.mfaSerial)),
    });
    const sessionWith = async (input: object) =>
      keysOf(await practice.sts(anna).send(new GetSessionTokenCommand(input)));

    expect(await refusal(assume(anna, { RoleArn: arn }))).toEqual(denied(anna.arn, arn));
    expect(await refusal(assume(await sessionWith({}), { RoleArn: arn }))).toEqual(
      denied(anna.arn, arn),
    );
    await assume(anna, { RoleArn: arn, ...(await mfa()) });
    await assume(await sessionWith(await mfa()), { RoleArn: arn });
  });

  it('keeps a source identity along the chain', async () => {
    const reader = keysOf(await assume(anna, { SourceIdentity: 'anna' }));
    const deeper = await assume(reader, { RoleArn: deeperArn });
    expect(deeper.SourceIdentity).toBe('anna');
    expect(await refusal(assume(reader, { RoleArn: deeperArn, SourceIdentity: 'eve' }))).toEqual(
      denied(`arn:aws:sts::${accountId}:assumed-role/reader/work`, deeperArn, 'SetSourceIdentity'),
    );
  });

  it('lets tags in only where the role allows them', async () => {
    const arn = `arn:aws:iam::${accountId}:role/untagged`;
    await practice.admin.createRole({ roleArn: arn, principals: [anna.arn], tagSession: false });
    await assume(anna, { RoleArn: arn });
    expect(
      await refusal(assume(anna, { RoleArn: arn, Tags: [{ Key: 'team', Value: 'blue' }] })),
    ).toEqual(denied(anna.arn, arn, 'TagSession'));
  });

  it('refuses tags that clash with each other or with those inherited', async () => {
    const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: 'x' }));
    const reader = keysOf(
      await assume(anna, { Tags: tags('team', 'cost'), TransitiveTagKeys: ['team'] }),
    );
    const calls = [
      assume(anna, { Tags: tags('Team', 'team') }),
      assume(anna, { Tags: tags('aws:team') }),
      assume(anna, { Tags: tags('team'), TransitiveTagKeys: ['cost'] }),
      assume(reader, { RoleArn: deeperArn, Tags: tags('TEAM') }),
    ];
    const refusals = await Promise.all(calls.map(refusal));
    expect(refusals.map(({ code }) => code)).toEqual(Array(4).fill('InvalidParameterValue'));
    await assume(reader, { RoleArn: deeperArn, Tags: tags('cost') });
  });

  it.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['a session name of one character', { RoleSessionName: 'x' }, 'ValidationError'],
    ['a session name of 65', { RoleSessionName: 'x'.repeat(65) }, 'ValidationError'],
    ['a session name with a space', { RoleSessionName: 'my work' }, 'ValidationError'],
    ['an external id of one character', { ExternalId: 'x' }, 'ValidationError'],
    ['an external id of 1225', { ExternalId: 'x'.repeat(1225) }, 'ValidationError'],
    ['a source identity with a slash', { SourceIdentity: 'a/b' }, 'ValidationError'],
    ['something that is not an ARN', { RoleArn: 'reader-reader-reader-reader' }, 'ValidationError'],
    [
      '51 tags',
      { Tags: Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: '' })) },
      'ValidationError',
    ],
    ['a tag key of 129', { Tags: [{ Key: 'k'.repeat(129), Value: '' }] }, 'ValidationError'],
    [
      '11 policies',
      { PolicyArns: Array.from({ length: 11 }, () => ({ arn: 'arn:aws:iam::aws:policy/A' })) },
      'ValidationError',
    ],
    ['a policy that is not JSON', { Policy: 'allow all' }, 'MalformedPolicyDocument'],
    [
      'a policy over 2048 characters',
      { Policy: JSON.stringify({ Statement: [], Id: 'x'.repeat(2048) }) },
      'PackedPolicyTooLarge',
    ],
  ])('refuses %s', async (_, input, code) => {
    const refused = await refusal(assume(anna, input));
    // The SDK names modelled errors after their shape, which ends in Exception.
    expect(refused.code.replace(/Exception$/, '')).toBe(code);
    expect(refused.status).toBe(400);
  });

  it('takes what is at the limits', async () => {
    await assume(anna, {
      RoleSessionName: 'x'.repeat(64),
      ExternalId: 'x'.repeat(1224),
      SourceIdentity: 'xy',
      Tags: Array.from({ length: 50 }, (_, at) => ({ Key: `k${at}`, Value: 'é +/=' })),
      PolicyArns: Array.from({ length: 10 }, () => ({ arn: 'arn:aws:iam::aws:policy/A' })),
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    });
    const [call] = await practice.admin.calls();
    expect(call?.error).toBeUndefined();
  });

  it('stays within a partition', async () => {
    const lin = await practice.admin.createUser({
      accountId: '210987654321',
      userName: 'lin',
      partition: 'aws-cn',
    });
    const chinese = 'arn:aws-cn:iam::210987654321:role/reader';
    await practice.admin.createRole({ roleArn: chinese, principals: [lin.arn, anna.arn] });
    const china = practice.sts(lin, { region: 'cn-north-1' });
    const command = new AssumeRoleCommand({ RoleArn: chinese, RoleSessionName: 'work' });
    const { AssumedRoleUser } = await china.send(command);
    expect(AssumedRoleUser?.Arn).toBe('arn:aws-cn:sts::210987654321:assumed-role/reader/work');
    expect(await refusal(assume(anna, { RoleArn: chinese }))).toEqual(denied(anna.arn, chinese));
    const abroad = practice.sts(lin, { region: 'eu-west-1' });
    expect((await refusal(abroad.send(command))).code).toBe('InvalidClientTokenId');
  });
});
