import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { awsIam } from './aws-cli.ts';
import { accountId, practiceForEachTest, type Keys } from './practice.ts';

/** With no Stint in between: the practice cloud is judged by AWS's own tools. */
describe('IAM in the practice cloud', () => {
  const practice = practiceForEachTest();
  const clients: IAMClient[] = [];
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna' });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
  });
  const iam = (
    { accessKeyId, secretAccessKey, sessionToken }: Keys = anna,
    region = 'us-east-1',
  ): IAMClient => {
    const client = new IAMClient({
      region,
      endpoint: practice.iamEndpoint,
      credentials: {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      },
      maxAttempts: 1,
    });
    clients.push(client);
    return client;
  };
  const list = new ListAccessKeysCommand({});

  it('makes a key as the AWS CLI reads it', async () => {
    const { json } = await awsIam(practice.iamEndpoint, anna, 'create-access-key');
    expect(json).toEqual({
      AccessKey: {
        UserName: 'anna',
        AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/) as string,
        Status: 'Active',
        SecretAccessKey: expect.stringMatching(/^[\w+/]{40}$/) as string,
        CreateDate: expect.any(String) as string,
      },
    });
  });

  it('makes, lists, deactivates and deletes the keys of the user who signs, two at most', async () => {
    const client = iam();
    const made = await client.send(new CreateAccessKeyCommand({}));
    const AccessKeyId = String(made.AccessKey?.AccessKeyId);
    await expect(client.send(new CreateAccessKeyCommand({}))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    await client.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Inactive' }));
    expect((await client.send(list)).AccessKeyMetadata).toMatchObject([
      { AccessKeyId: anna.accessKeyId, Status: 'Active' },
      { AccessKeyId, Status: 'Inactive' },
    ]);
    await client.send(new DeleteAccessKeyCommand({ AccessKeyId }));
    await expect(client.send(new DeleteAccessKeyCommand({ AccessKeyId }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('refuses a session token without MFA, another region, and what a policy denies', async () => {
    const sts = practice.sts(anna);
    const { Credentials: token } = await sts.send(new GetSessionTokenCommand({}));
    const withoutMfa = {
      accessKeyId: String(token?.AccessKeyId),
      secretAccessKey: String(token?.SecretAccessKey),
      sessionToken: token?.SessionToken,
    };
    await expect(iam(withoutMfa).send(list)).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(iam(anna, 'eu-west-1').send(list)).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await practice.admin.setOverrides({ iamDenies: ['ListAccessKeys'] });
    await expect(iam().send(list)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
