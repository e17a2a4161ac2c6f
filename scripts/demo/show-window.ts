import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import { command, run, stint, type Scratch } from './scratch.ts';

/** What leads a browser to the person's screen. */
const screen = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'BROWSER',
];

/** Sets up a few sessions, opens the window on them, and leaves it open until Ctrl-C. */
export async function showWindow(scratch: Scratch, cloud: AdminClient): Promise<void> {
  const names = ['payments-prod', 'orders-staging', 'data-lab'] as const;
  for (const userName of names) {
    const user = await cloud.createUser({ accountId: '210987654321', userName });
    const { accessKeyId, secretAccessKey } = user;
    await stint(scratch, ['session', 'add', '--from-json', '-'], {
      input: JSON.stringify({
        type: 'awsIamUser',
        sessionName: userName,
        region: 'eu-west-1',
        environment: userName === 'payments-prod' ? 'production' : 'development',
        secrets: { accessKeyId, secretAccessKey },
      }),
    });
  }
  await stint(scratch, ['start', 'payments-prod']);
  const office = await addOffice(scratch, cloud);
  const tenant = await addTenant(scratch, cloud);
  console.log('\nNow the window, on the practice cloud.');
  const { stdout, stderr } = await run(scratch, process.execPath, [command, 'ui'], {
    env: Object.fromEntries(screen.map((name) => [name, process.env[name]])),
  });
  console.log(stderr + stdout);
  console.log(`Its integration "office" lets you in as "you" with the password ${office}`);
  console.log(`"tenant", of Azure, as ${tenant.userName} with the password ${tenant.password}`);
  console.log('Ctrl-C ends the demo and takes everything away.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** An integration to sign in to by hand; the password of its one user. */
async function addOffice(scratch: Scratch, cloud: AdminClient): Promise<string> {
  const { startUrl } = await cloud.createIdentityCenter({ name: 'office' });
  const { password } = await cloud.createSsoUser({ startUrl, userName: 'you' });
  await cloud.assign({
    startUrl,
    userName: 'you',
    assignments: ['shop-prod', 'shop-staging'].map((accountName, at) => ({
      accountId: String(310_987_654_321 + at),
      accountName,
      emailAddress: `${accountName}@example.com`,
      roleName: 'Operator',
    })),
  });
  const flags = ['--name', 'office', '--start-url', startUrl, '--region', 'eu-west-1'];
  await stint(scratch, ['integration', 'add', 'awsSso', ...flags]);
  return password;
}

/** The same for Azure. */
async function addTenant(scratch: Scratch, cloud: AdminClient) {
  const { tenantId, domain } = await cloud.createTenant({ domain: 'office.example' });
  const userName = `you@${domain}`;
  const { password } = await cloud.createEntraUser({ tenant: tenantId, userName });
  for (const name of ['Office', 'Office staging']) {
    await cloud.createSubscription({ tenant: tenantId, name, principals: [userName] });
  }
  const flags = ['--name', 'tenant', '--tenant-id', tenantId];
  await stint(scratch, ['integration', 'add', 'azure', ...flags]);
  return { userName, password };
}
