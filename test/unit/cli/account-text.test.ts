import { describe, expect, it } from 'vitest';
import { accountId, accountText, distinctLine } from '../../../src/cli/sessions/account-text.ts';

const subscription = (id: string, tenantId: string) => ({
  type: 'azure' as const,
  sessionId: `id-${id}`,
  sessionName: 'dup',
  region: 'eastus',
  subscriptionId: id,
  tenantId,
});

describe('the account that a session reaches', () => {
  it('is an AWS account with the role, of every kind of role', () => {
    expect(accountText({ type: 'awsSsoRole', accountId: '123456789012', roleName: 'Admin' })).toBe(
      '123456789012 Admin',
    );
    const roleArn = 'arn:aws-cn:iam::210987654321:role/team/Deploy';
    expect(accountText({ type: 'awsIamRoleChained', roleArn })).toBe('210987654321 team/Deploy');
    expect(accountText({ type: 'awsIamRoleFederated', roleArn })).toBe('210987654321 team/Deploy');
  });

  it('is an Azure subscription with its tenant', () => {
    expect(accountText(subscription('sub-1', 'tenant-1'))).toBe('sub-1 in tenant tenant-1');
  });

  it('is not known of an IAM user', () => {
    expect(accountText({ type: 'awsIamUser' })).toBe('');
    expect(accountId({ type: 'awsIamUser' })).toBe('');
  });
});

it('sessions of one name differ by account: four subscriptions, two accounts', () => {
  const lines = [
    distinctLine(subscription('sub-1', 'tenant-1')),
    distinctLine(subscription('sub-2', 'tenant-1')),
    ...['123456789012', '210987654321'].map((account) =>
      distinctLine({
        type: 'awsSsoRole',
        sessionId: `id-${account}`,
        sessionName: 'dup / Admin',
        region: 'eu-west-1',
        accountId: account,
        roleName: 'Admin',
        profileName: `dup-Admin-${account}`,
      }),
    ),
  ];
  expect(lines).toEqual([
    'id-sub-1  dup  Azure  sub-1 in tenant tenant-1  eastus',
    'id-sub-2  dup  Azure  sub-2 in tenant tenant-1  eastus',
    'id-123456789012  dup / Admin  SSO role  123456789012 Admin  profile dup-Admin-123456789012  eu-west-1',
    'id-210987654321  dup / Admin  SSO role  210987654321 Admin  profile dup-Admin-210987654321  eu-west-1',
  ]);
});
