import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { showAwsIamRoleFederated } from './aws-iam-role-federated.ts';
import { showAwsSsoRole } from './aws-sso-role.ts';
import { showAwsIamRoleChained } from './aws-iam-role-chained.ts';
import { showAwsIamUser } from './aws-iam-user.ts';
import { showAzure } from './azure.ts';
import { Narrator } from './narrator.ts';
import { showWindow } from './show-window.ts';
import { makeScratch, startPracticeCloud, stint } from './scratch.ts';
import { Stage } from './stage.ts';

/*
 * `npm run demo`: the product against the practice cloud, on scratch files. With `--check` it is a
 * test: one line a step and an exit code.
 */

const isTest = process.argv.includes('--check');
const cloud = await startPracticeCloud();
const scratch = await makeScratch(cloud);
// The session that is seen renewing itself has its own computer: it takes its time, and nothing
// else waits for it. What the demo tried out is not in the workspace that the window shows.
const [patient, window] = [await makeScratch(cloud), await makeScratch(cloud)];
const computers = [scratch, patient, window];
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
});
const narrator = new Narrator({ isTest });
const admin = connectAdmin(cloud);
if (!isTest) {
  console.log(
    `A practice cloud plays AWS at ${cloud.stsEndpoint} and Azure at ${cloud.entraEndpoint}.`,
  );
  console.log(`Everything happens in ${scratch.folder}; your own files stay as they are.`);
  console.log('"stint" is bin/stint.js; STINT_HOME and the AWS files lie in that folder.');
}

/** Everything there is to see; ends by itself unless it ends with the window. */
async function show(): Promise<void> {
  const stage = (type: string, computer = scratch) => new Stage(narrator, computer, type);
  const seeRenewal = await showAwsIamUser(stage('awsIamUser', patient), admin);
  await showAwsIamRoleFederated(stage('awsIamRoleFederated'), admin);
  await showAwsIamRoleChained(stage('awsIamRoleChained'), admin);
  await showAwsSsoRole(stage('awsSsoRole'), admin);
  await showAzure(stage('azure'), admin);
  await seeRenewal();
  process.exitCode = narrator.finish() === 0 ? 0 : 1;
  // Only for somebody who can look at it.
  if (isTest || !process.stdout.isTTY) return;
  await showWindow((type) => stage(type, window), window, admin);
  await interrupted;
}

try {
  const shown = show();
  await Promise.race([shown, interrupted]);
  // From here on no command starts an agent again.
  narrator.interrupt();
  await shown.catch(() => undefined);
} finally {
  for (const computer of computers) {
    await stint(computer, ['agent', 'stop']).catch(() => undefined);
    await computer.remove();
  }
  cloud.end();
}
