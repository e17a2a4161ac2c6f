import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
} from '@aws-sdk/client-sso';
import { CreateTokenCommand, StartDeviceAuthorizationCommand } from '@aws-sdk/client-sso-oidc';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import { center, deviceGrant, payments, userName, type TestCenter } from './identity-center.ts';
import { practiceForEachTest, refusal } from './practice.ts';

const practice = practiceForEachTest();
let acme: TestCenter;
let accessToken: string;
beforeEach(async () => {
  acme = await center(practice);
  await practice.admin.assign({
    startUrl: acme.startUrl,
    userName,
    assignments: ['Operator', 'ReadOnly'].map((roleName) => ({ ...payments, roleName })),
  });
  const client = await acme.register();
  const { deviceCode, userCode = '' } = await acme.oidc.send(
    new StartDeviceAuthorizationCommand({ ...client, startUrl: acme.startUrl }),
  );
  await practice.admin.approveDevice({ userCode, userName });
  const token = await acme.oidc.send(
    new CreateTokenCommand({ ...client, grantType: deviceGrant, deviceCode }),
  );
  accessToken = String(token.accessToken);
});

const { accountId } = payments;
const listAccounts = (options: object = {}) =>
  acme.portal.send(new ListAccountsCommand({ accessToken, ...options }));
const credentials = (roleName = 'Operator') =>
  acme.portal.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }));

describe('the access portal', () => {
  it('tells accounts and roles', async () => {
    expect((await listAccounts()).accountList).toEqual([payments]);
    const roles = await acme.portal.send(new ListAccountRolesCommand({ accessToken, accountId }));
    expect(roles.roleList).toEqual([
      { roleName: 'Operator', accountId },
      { roleName: 'ReadOnly', accountId },
    ]);
  });

  it('tells them in pages of 100 at most', async () => {
    await practice.admin.assign({
      startUrl: acme.startUrl,
      userName,
      assignments: Array.from({ length: 150 }, (_, at) => ({
        accountId: String(100_000_000_000 + at),
        accountName: `team-${at}`,
        emailAddress: 'team@example.com',
        roleName: 'Operator',
      })),
    });
    const first = await listAccounts();
    expect(first.accountList).toHaveLength(100);
    const second = await listAccounts({ nextToken: first.nextToken });
    expect(second.accountList).toHaveLength(51);
    expect(second.nextToken).toBeUndefined();
    expect((await refusal(listAccounts({ maxResults: 101 }))).status).toBe(400);
  });

  it('gives credentials of the reserved role, with which STS says who it is', async () => {
    const { roleCredentials } = await credentials();
    const keys = {
      accessKeyId: String(roleCredentials?.accessKeyId),
      secretAccessKey: String(roleCredentials?.secretAccessKey),
      sessionToken: roleCredentials?.sessionToken,
    };
    const left = Number(roleCredentials?.expiration) - Date.now();
    expect(left).toBeGreaterThan(3_590_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    const sts = practice.sts(keys);
    const who = await sts.send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toMatch(
      /^arn:aws:sts::447109328810:assumed-role\/AWSReservedSSO_Operator_[0-9a-f]{16}\/dana$/,
    );
    // A hop from it is role chaining: an hour at most.
    const roleArn = `arn:aws:iam::${accountId}:role/Audit`;
    await practice.admin.createRole({
      roleArn,
      principals: [accountId],
      maxSessionSeconds: 43_200,
    });
    const long = sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'x1', DurationSeconds: 7200 }),
    );
    expect((await refusal(long)).message).toContain('role chaining');
  });

  it('refuses what is not assigned', async () => {
    expect(await refusal(credentials('Admin'))).toMatchObject({
      code: 'ForbiddenException',
      status: 403,
    });
    const elsewhere = acme.portal.send(
      new ListAccountRolesCommand({ accessToken, accountId: '210987654321' }),
    );
    expect((await refusal(elsewhere)).status).toBe(403);
  });

  it('knows a token no more that is made up, expired, revoked or logged out', async () => {
    const unauthorized = { code: 'UnauthorizedException', status: 401 };
    expect(await refusal(listAccounts({ accessToken: 'made up' }))).toMatchObject(unauthorized);
    await practice.admin.setOverrides({ clockOffsetSeconds: 3601 });
    expect(await refusal(listAccounts())).toMatchObject(unauthorized);
    await practice.admin.resetOverrides();
    await acme.portal.send(new LogoutCommand({ accessToken }));
    expect(await refusal(listAccounts())).toMatchObject(unauthorized);
  });

  it('ends with the sign-in that an administrator ends', async () => {
    await practice.admin.endSsoSession({ startUrl: acme.startUrl, userName });
    expect((await refusal(credentials())).status).toBe(401);
  });

  it('throttles, fails, and is slow as the overrides say', async () => {
    await practice.admin.setOverrides({ throttleNext: 1, failNext: 1, failStatus: 503 });
    expect(await refusal(listAccounts())).toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
    });
    expect((await refusal(listAccounts())).status).toBe(503);
    await practice.admin.setOverrides({ ssoRequestsPerSecond: 2 });
    const answers = await Promise.allSettled([1, 2, 3, 4, 5].map(() => listAccounts()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 'rejected').length).toBeGreaterThan(0);
  });

  it('is remembered without any token or code', async () => {
    await credentials();
    const calls = JSON.stringify(await practice.admin.calls());
    expect(calls).toContain('sso:GetRoleCredentials');
    expect(calls).not.toContain(accessToken);
  });
});
