import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { center, deviceGrant, payments, userName, type TestCenter } from './identity-center.ts';
import { practiceForEachTest } from './practice.ts';

/** With no Stint in between: Identity Center is judged by AWS's own tool, too. */
describe('the real AWS CLI', () => {
  const practice = practiceForEachTest();
  let acme: TestCenter;
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'practice-cli-'));
    await mkdir(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    acme = await center(practice);
    await writeFile(
      join(home, '.aws', 'config'),
      [
        // Else an argument that is an address is fetched.
        '[default]',
        'cli_follow_urlparam = false',
        '[profile operator]',
        `sso_start_url = ${acme.startUrl}`,
        'sso_region = eu-west-1',
        `sso_account_id = ${payments.accountId}`,
        'sso_role_name = Operator',
        '',
      ].join('\n'),
    );
    await practice.admin.assign({
      startUrl: acme.startUrl,
      userName,
      assignments: [{ ...payments, roleName: 'Operator' }],
    });
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  async function aws<T>(...args: string[]): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      const env = {
        PATH: process.env['PATH'],
        HOME: home,
        AWS_ENDPOINT_URL_STS: practice.endpoint,
        AWS_ENDPOINT_URL_SSO: practice.ssoEndpoint,
        AWS_ENDPOINT_URL_SSO_OIDC: practice.ssoEndpoint,
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_EC2_METADATA_DISABLED: 'true',
      };
      execFile('aws', [...args, '--output', 'json'], { env }, (error, stdout, stderr) => {
        if (error === null) resolve(JSON.parse(stdout) as T);
        else reject(new Error(stderr));
      });
    });
  }

  async function signIn(): Promise<string> {
    const client = await aws<{ clientId: string; clientSecret: string }>(
      ...['sso-oidc', 'register-client', '--client-name', 'cli', '--client-type', 'public'],
      ...['--scopes', 'sso:account:access'],
    );
    const who = ['--client-id', client.clientId, '--client-secret', client.clientSecret];
    const device = await aws<{ deviceCode: string; userCode: string }>(
      ...['sso-oidc', 'start-device-authorization', ...who, '--start-url', acme.startUrl],
    );
    await practice.admin.approveDevice({ userCode: device.userCode, userName });
    const { accessToken } = await aws<{ accessToken: string }>(
      ...['sso-oidc', 'create-token', ...who, '--grant-type', deviceGrant],
      ...['--device-code', device.deviceCode],
    );
    return accessToken;
  }

  it('registers, signs in with a device code and gets a role', async () => {
    const token = ['--access-token', await signIn(), '--no-sign-request'];
    expect(await aws('sso', 'list-accounts', ...token)).toEqual({ accountList: [payments] });
    const { accountId } = payments;
    const account = ['--account-id', accountId];
    expect(await aws('sso', 'list-account-roles', ...account, ...token)).toEqual({
      roleList: [{ roleName: 'Operator', accountId }],
    });
    const { roleCredentials } = await aws<{ roleCredentials: { expiration: number } }>(
      ...['sso', 'get-role-credentials', ...account, '--role-name', 'Operator', ...token],
    );
    expect(roleCredentials.expiration).toBeGreaterThan(Date.now());
  });

  it('finds its way by a profile and a token that somebody else has signed in for', async () => {
    const accessToken = await signIn();
    const name = createHash('sha1').update(acme.startUrl).digest('hex');
    await writeFile(
      join(home, '.aws', 'sso', 'cache', `${name}.json`),
      JSON.stringify({
        startUrl: acme.startUrl,
        region: 'eu-west-1',
        accessToken,
        expiresAt: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, 'Z'),
      }),
    );
    const who = await aws<{ Arn: string }>('sts', 'get-caller-identity', '--profile', 'operator');
    expect(who.Arn).toMatch(/assumed-role\/AWSReservedSSO_Operator_[0-9a-f]{16}\/dana$/);
  });
});
