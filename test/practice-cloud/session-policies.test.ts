import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { accountId, keysOf, practiceForEachTest, refusal, type Keys } from './practice.ts';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const roleArn = `arn:aws:iam::${accountId}:role/reader`;
const deeperArn = `arn:aws:iam::${accountId}:role/deeper`;
const policy = (Effect: string, Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, Resource } });

describe('session policies', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna' });
    await practice.admin.createRole({ roleArn, principals: [anna.arn] });
    await practice.admin.createRole({ roleArn: deeperArn, principals: [roleArn] });
  });

  const assume = (keys: Keys, input: object = {}) =>
    practice
      .sts(keys)
      .send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'anna', ...input }));
  const deeper = (keys: Keys) => assume(keys, { RoleArn: deeperArn });
  const managed = (...arns: string[]) => ({ PolicyArns: arns.map((arn) => ({ arn })) });

  it('limit what the session may do, by an action, a resource or an explicit deny', async () => {
    const all = policy('Allow', 'sts:*', '*');
    const cases: [object, string | undefined][] = [
      [{}, undefined],
      [managed(readOnly), 'no session policy allows the sts:AssumeRole action'],
      [{ Policy: policy('Allow', 'STS:Assume*', `arn:aws:iam::*:role/deep?r`) }, undefined],
      [{ Policy: policy('Allow', 'sts:AssumeRole', roleArn) }, 'no session policy allows'],
      [{ ...managed(readOnly), Policy: all }, undefined],
      [
        {
          ...managed('arn:aws:iam::aws:policy/AdministratorAccess'),
          Policy: policy('Deny', 'sts:AssumeRole', '*'),
        },
        'explicit deny in a session policy',
      ],
    ];
    for (const [input, refused] of cases) {
      const keys = keysOf(await assume(anna, input));
      await practice.sts(keys).send(new GetCallerIdentityCommand());
      if (refused === undefined) await deeper(keys);
      else expect(await refusal(deeper(keys))).toMatchObject({ code: 'AccessDenied', status: 403 });
      if (refused !== undefined) expect((await refusal(deeper(keys))).message).toContain(refused);
    }
    const calls = await practice.admin.calls();
    expect(calls.find(({ policyArns }) => policyArns)).toMatchObject({ policyArns: [readOnly] });
  });

  it.each([
    ['an ARN that is not of a policy', managed(roleArn), 'ValidationError'],
    [
      'a policy of another account',
      managed('arn:aws:iam::210987654321:policy/A'),
      'ValidationError',
    ],
    [
      'a policy of another partition',
      managed(readOnly.replace('aws', 'aws-cn')),
      'ValidationError',
    ],
    [
      'a statement without an action',
      { Policy: '{"Statement":{"Effect":"Allow","Resource":"*"}}' },
      'MalformedPolicyDocument',
    ],
    [
      'a principal',
      { Policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}' },
      'MalformedPolicyDocument',
    ],
  ])('are refused with %s', async (_, input, code) => {
    const refused = await refusal(assume(anna, input));
    expect(refused.code.replace(/Exception$/, '')).toBe(code);
  });
});

describe('GetFederationToken', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna' });
    await practice.admin.createRole({ roleArn, principals: [accountId] });
  });
  const federate = (keys: Keys, input: object = {}) =>
    practice.sts(keys).send(new GetFederationTokenCommand({ Name: 'anna', ...input }));

  it('answers credentials that can call nothing of STS but GetCallerIdentity', async () => {
    const answer = await federate(anna, managedReadOnly);
    expect(answer.FederatedUser).toEqual({
      FederatedUserId: `${accountId}:anna`,
      Arn: `arn:aws:sts::${accountId}:federated-user/anna`,
    });
    const sts = practice.sts(keysOf(answer));
    expect((await sts.send(new GetCallerIdentityCommand())).Arn).toBe(answer.FederatedUser?.Arn);
    const assume = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'anna' });
    const calls = [
      sts.send(assume),
      sts.send(new GetSessionTokenCommand()),
      federate(keysOf(answer)),
    ];
    for (const call of calls) expect((await refusal(call)).code).toBe('AccessDenied');
  });

  it.each([
    ['a name of one character', { Name: 'a' }],
    ['a name of 33', { Name: 'a'.repeat(33) }],
    ['a name with a blank', { Name: 'an na' }],
    ['a length under 15 minutes', { DurationSeconds: 899 }],
    ['a length over 36 hours', { DurationSeconds: 129_601 }],
  ])('refuses %s', async (_, input) => {
    expect((await refusal(federate(anna, input))).code).toBe('ValidationError');
  });
});

const managedReadOnly = { PolicyArns: [{ arn: readOnly }] };
