import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import { typed } from './narrator.ts';
import { command, run, type Scratch } from './scratch.ts';
import type { Stage } from './stage.ts';

/** What leads a browser to the person's screen. */
const screen = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'BROWSER',
];

/** Sets up a workspace such as a person has after a week, and opens the window on it. */
export async function showWindow(
  stage: (type: string) => Stage,
  scratch: Scratch,
  admin: AdminClient,
): Promise<void> {
  console.log('\n── Your own workspace, and the window to it\n');
  const aws = await addIdentityCenter(stage('awsSsoRole'), admin);
  const azure = await addTenant(stage('azure'), admin);
  await addOwnSessions(stage('awsIamUser'), admin);
  await stage('awsSsoRole').stint(['start', 'payments-prod / Operator']);
  await stage('azure').stint(['start', 'Data platform']);
  const { stdout, stderr } = await run(scratch, process.execPath, [command, 'ui'], {
    env: Object.fromEntries(screen.map((name) => [name, process.env[name]])),
  });
  console.log(`\n${stderr}${stdout}`);
  console.log('To open the window again, or for any other command, from another terminal:\n');
  console.log(`  ${again(scratch)}\n`);
  console.log(`Sign in to "acme" as ${aws.userName}, password ${aws.password}`);
  console.log(`Sign in to "contoso" as ${azure.userName}, password ${azure.password}`);
  console.log('Ctrl-C ends the demo and removes everything.');
}

/** The agent runs: its home is all that a command has to know. */
function again({ env }: Scratch): string {
  const home = env['STINT_HOME'] ?? '';
  const words = [process.execPath, command, 'ui'].map(typed).join(' ');
  return process.platform === 'win32'
    ? `$env:STINT_HOME = '${home}'; & ${words}`
    : `STINT_HOME=${typed(home)} ${words}`;
}

interface Login {
  readonly userName: string;
  readonly password: string;
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
