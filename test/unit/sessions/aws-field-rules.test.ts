import { describe, expect, it } from 'vitest';
import type { SessionFields } from '../../../src/models/session-fields.ts';
import type { Session } from '../../../src/models/session.ts';
import { settingsSchema } from '../../../src/models/settings.ts';
import { awsFieldErrors } from '../../../src/services/sessions/aws-field-rules.ts';

const settings = settingsSchema.parse({
  awsCredentialsFile: '/home/anna/.aws/credentials',
  awsConfigFile: '/home/anna/.aws/config',
  azureConfigDir: '/home/anna/.azure',
});
const privateCloud = { ...settings, awsEndpointUrl: 'http://ceph.example:7480' };
const user = { type: 'awsIamUser', sessionName: 'anna', region: 'eu-west-1' } as const;
const chained = (region: string, roleArn: string) =>
  ({
    type: 'awsIamRoleChained',
    sessionName: 'audit',
    region,
    roleArn,
    roleSessionName: 'stint',
    parentSessionId: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
  }) as const;

const messages = (
  fields: SessionFields,
  context: Partial<Parameters<typeof awsFieldErrors>[1]> = {},
) =>
  awsFieldErrors(fields, { before: undefined, secrets: undefined, settings, ...context }).map(
    ({ field, message }) => `${field} ${message}`,
  );

describe('a region', () => {
  it.each([
    ['eu-west-1a', 'region must be a region; eu-west-1a is an availability zone of eu-west-1'],
    [
      'us-east',
      'region must be a region of AWS, such as us-east-1 or us-east-2; us-east is not one. Regions: stint settings regions',
    ],
    [
      'mars-1',
      'region must be a region of AWS, such as eu-west-1; mars-1 is not one. Regions: stint settings regions',
    ],
  ])('that AWS does not have is refused: %s', (region, message) => {
    expect(messages({ ...user, region })).toEqual([message]);
  });

  it('of a private cloud, and an unchanged one, is accepted', () => {
    const old = { ...user, region: 'mars-1' };
    expect(messages(old, { settings: privateCloud })).toEqual([]);
    expect(messages(old, { before: old as unknown as Session })).toEqual([]);
  });

  it.each([
    ['us-east-1', 'arn:aws-cn:iam::123456789012:role/Audit', 'cn-north-1'],
    ['eu-west-1', 'arn:aws-us-gov:iam::123456789012:role/Audit', 'us-gov-east-1'],
    ['us-gov-west-1', 'arn:aws:iam::123456789012:role/Audit', 'af-south-1'],
  ])('%s is refused for a role of another partition: %s', (region, roleArn, example) => {
    expect(messages(chained(region, roleArn))).toEqual([expect.stringContaining(example)]);
  });

  it('of the partition of the role is taken', () => {
    expect(messages(chained('cn-north-1', 'arn:aws-cn:iam::123456789012:role/A'))).toEqual([]);
  });
});

describe('an MFA device', () => {
  it.each([
    ['arn:aws:iam::123456789012:user/anna', 'is the ARN of a user'],
    ['arn:aws:iam::123456789012:u2f/user/anna/key', 'is a security key'],
    ['arn:aws:iam::123456789012:sms-mfa/anna', 'is SMS MFA'],
  ])('%s is refused', (mfaSerial, why) => {
    const [message = ''] = messages({ ...user, mfaSerial });
    expect(message).toContain(`${mfaSerial} ${why}`);
    expect(message).toContain('arn:aws:iam::123456789012:mfa/NAME');
  });

  it.each(['arn:aws:iam::123456789012:mfa/team/anna@example.com', 'GAHT12345678'])(
    '%s is taken',
    (mfaSerial) => {
      expect(messages({ ...user, mfaSerial })).toEqual([]);
    },
  );
});

describe('access keys', () => {
  const ceph = { accessKeyId: '0555b35654ad1656d804', secretAccessKey: 'h7GhxuBLTrlhVUyxSPUKUV8r' };
  const localStack = { accessKeyId: 'test', secretAccessKey: 'test' };

  it.each([ceph, localStack])(
    'of a private cloud are taken where a setting leads to it',
    (secrets) => {
      expect(messages(user, { secrets, settings: privateCloud })).toEqual([]);
    },
  );

  it.each([ceph, localStack])('of a private cloud are refused for AWS', (secrets) => {
    expect(messages(user, { secrets }).join()).toContain('name its endpoint: --endpoint-url URL');
  });
});
