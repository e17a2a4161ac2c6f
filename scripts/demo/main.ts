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

const checking = process.argv.includes('--check');
const cloud = await startPracticeCloud();
const scratch = await makeScratch(cloud);
const narrator = new Narrator();
const admin = connectAdmin(cloud);
if (!checking) {
  console.log(`The practice cloud stands in for AWS at ${cloud.stsEndpoint},`);
  console.log(`and for Azure at ${cloud.entraEndpoint}.`);
  console.log(`Everything happens in ${scratch.folder}; your own files are not touched.\n`);
}
try {
  const stage = (type: string) => new Stage(narrator, scratch, type);
  await showAwsIamUser(stage('awsIamUser'), admin);
  await showAwsIamRoleFederated(stage('awsIamRoleFederated'), admin);
  await showAwsIamRoleChained(stage('awsIamRoleChained'), admin);
  await showAwsSsoRole(stage('awsSsoRole'), admin);
  await showAzure(stage('azure'), admin);
  process.exitCode = narrator.finish() === 0 ? 0 : 1;
  // Only for somebody who can look at it.
  if (!checking && process.stdout.isTTY) await showWindow(scratch, admin);
} finally {
  await stint(scratch, ['agent', 'stop']).catch(() => undefined);
  cloud.end();
  await scratch.remove();
}
