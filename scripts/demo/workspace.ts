import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

interface Login {
  readonly userName: string;
  readonly password: string;
}

/** How to sign in to each of its integrations. */
export interface WorkspaceLogins {
  readonly acme: Login;
  readonly contoso: Login;
}

/**
 * A workspace such as a person has after a week: an Identity Center, an Azure tenant and sessions of
 * their own, two of them active.
 */
export async function makeWorkspace(
  stage: (type: string) => Stage,
  cloud: AdminClient,
): Promise<WorkspaceLogins> {
  const acme = await addIdentityCenter(stage('awsSsoRole'), cloud);
  const contoso = await addTenant(stage('azure'), cloud);
  await addOwnSessions(stage('awsIamUser'), cloud);
  await stage('awsSsoRole').stint(['start', 'payments-prod / Operator']);
  await stage('azure').stint(['start', 'Data platform']);
  return { acme, contoso };
}

async function addIdentityCenter(stage: Stage, cloud: AdminClient): Promise<Login> {
  const { startUrl } = await cloud.createIdentityCenter({ name: 'acme-workforce' });
  const userName = 'dana';
  const { password } = await cloud.createSsoUser({ startUrl, userName });
  const accounts = [
    'payments-prod',
    'payments-staging',
    'orders-prod',
    'orders-staging',
    'sandbox',
  ];
  await cloud.assign({
    startUrl,
    userName,
    assignments: accounts.flatMap((accountName, at) =>
      ['Operator', 'ReadOnly'].map((roleName) => ({
        accountId: String(310_987_654_321 + at),
        accountName,
        emailAddress: `${accountName}@acme.example`,
        roleName,
      })),
    ),
  });
  const flags = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
  await stage.stint(['integration', 'add', 'awsSso', ...flags]);
  await stage.stint(['integration', 'login', 'acme', '--device-code'], { expected: 4 });
  const { code = '' } = await stage.prompt();
  await cloud.approveDevice({ userCode: code, userName });
  await stage.untilSignedIn('acme');
  await stage.stint(['integration', 'sync', 'acme']);
  return { userName, password };
}

/** The same for Azure. */
async function addTenant(stage: Stage, cloud: AdminClient): Promise<Login> {
  const { tenantId, domain } = await cloud.createTenant({ domain: 'contoso-data.example' });
  const userName = `dana@${domain}`;
  const { password } = await cloud.createEntraUser({ tenant: tenantId, userName });
  for (const name of ['Data platform', 'Data platform staging']) {
    await cloud.createSubscription({ tenant: tenantId, name, principals: [userName] });
  }
  await stage.stint(['integration', 'add', 'azure', '--name', 'contoso', '--tenant-id', tenantId]);
  await stage.stint(['integration', 'login', 'contoso', '--device-code'], { expected: 4 });
  const { code = '' } = await stage.prompt();
  await cloud.confirmDeviceCode({ userCode: code, userName });
  await stage.untilSignedIn('contoso');
  await stage.stint(['integration', 'sync', 'contoso']);
  return { userName, password };
}

/** Access keys, and a role that they assume. */
async function addOwnSessions(stage: Stage, cloud: AdminClient): Promise<void> {
  const accountId = '210987654321';
  const user = await cloud.createUser({ accountId, userName: 'dana.smith' });
  const roleArn = `arn:aws:iam::${accountId}:role/team/Audit`;
  await cloud.createRole({ roleArn, principals: [user.arn] });
  await stage.add('break-glass', ['--environment', 'production', '--label', 'platform'], user);
  const through = ['--parent-session-id', 'break-glass', '--role-session-name', 'dana'];
  const flags = ['--name', 'audit', '--region', 'eu-west-1', '--role-arn', roleArn, ...through];
  await stage.stint(['session', 'add', 'awsIamRoleChained', ...flags]);
}
