import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import { stint, type Scratch } from './scratch.ts';

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
  const address = await stint(scratch, ['ui', '--no-open']);
  console.log('\nThe window, on the practice cloud; the address works once, within two minutes:');
  console.log(`\n  ${address.trim()}\n`);
  console.log('Ctrl-C ends the demo and takes everything away.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
