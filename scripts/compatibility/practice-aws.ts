import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { command, makeScratch, stint, type PracticeCloudProcess } from '../demo/scratch.ts';
import { writeInputs } from './inputs.ts';
import { expiry, type PracticeSession } from './practice-session.ts';
import { startSignatureEndpoint } from './signature-endpoint.ts';

const accountId = '447109328810';
const name = 'deploy';

/** A computer with an IAM role behind an IAM user, and the stand-in for S3 that knows its keys. */
export async function practiceAws(
  cloud: PracticeCloudProcess,
  grantedSeconds: number,
): Promise<PracticeSession> {
  const admin = connectAdmin(cloud);
  const scratch = await makeScratch(cloud);
  const anna = await admin.createUser({ accountId, userName: 'anna' });
  const roleArn = `arn:aws:iam::${accountId}:role/Deploy`;
  await admin.createRole({ roleArn, principals: [anna.arn] });
  await stint(
    scratch,
    ['session', 'add', 'awsIamUser', '--name', 'anna', '--region', 'eu-west-1'],
    {
      env: {
        STINT_ACCESS_KEY_ID: anna.accessKeyId,
        STINT_SECRET_ACCESS_KEY: anna.secretAccessKey,
      },
    },
  );
  const role = ['--parent-session-id', 'anna', '--role-arn', roleArn];
  const named = ['--name', name, '--region', 'eu-west-1', '--role-session-name', 'anna'];
  await stint(scratch, ['session', 'add', 'awsIamRoleChained', ...named, ...role]);
  const byProcess = `credential_process = ${process.execPath} ${command} credentials ${name}`;
  await writeFile(
    String(scratch.env['AWS_CONFIG_FILE']),
    `[profile by-process]\nregion = eu-west-1\n${byProcess}\n`,
  );

  /** Keys that the session had, with the instants when they expire, in ms since the epoch. */
  const expiries = new Map<string, number>();
  let isInFile = true;
  const noteKeys = () => {
    if (!isInFile) {
      noteKeysOfProcess();
      return;
    }
    const text = readFileSync(scratch.credentialsFile, 'latin1');
    const [, section = ''] = text.split(`[${name}]`);
    const [, key] = /^aws_access_key_id *= *(\S+)/m.exec(section) ?? [];
    const [, expires] = /^x_security_token_expires *= *(\S+)/m.exec(section) ?? [];
    if (key !== undefined && expires !== undefined) expiries.set(key, Date.parse(expires));
  };
  /** Nothing of this delivery is in a file: those that a program gets when it asks. */
  const noteKeysOfProcess = () => {
    const options = { env: scratch.env, encoding: 'utf8' } as const;
    const asked = spawnSync(process.execPath, [command, 'credentials', name], options);
    if (asked.status !== 0) return;
    const keys = JSON.parse(asked.stdout) as { AccessKeyId: string; Expiration: string };
    expiries.set(keys.AccessKeyId, Date.parse(keys.Expiration));
  };
  const signatures = await startSignatureEndpoint((key) => {
    noteKeys();
    return (expiries.get(key) ?? 0) > Date.now();
  });

  return {
    scratch,
    name,
    identity: `arn:aws:sts::${accountId}:assumed-role/Deploy/anna`,
    surroundings: {
      stsEndpoint: cloud.stsEndpoint,
      signatureEndpoint: signatures.url,
      accountId,
      inputs: await writeInputs(scratch.folder, signatures.url, cloud.stsEndpoint),
    },
    env: { ...scratch.env, PRACTICE_STS: cloud.stsEndpoint, AWS_ENDPOINT_URL: signatures.url },
    tidy: () => Promise.resolve(),
    signatures: () => {
      noteKeys();
      return signatures.accepted();
    },
    async start(_lifetime, delivery) {
      await admin.setOverrides({ grantedSeconds });
      isInFile = delivery !== 'credential-process';
      const usual = isInFile ? 'credentials-file' : delivery;
      await stint(scratch, ['session', 'edit', name, '--delivery', usual]);
      await stint(scratch, ['session', 'forget', name]);
      await stint(scratch, ['start', name]);
    },
    renewed: () => expiry(grantedSeconds),
    async stop() {
      await stint(scratch, ['stop', name]);
      await expiry(grantedSeconds);
    },
    async remove() {
      signatures.close();
      await stint(scratch, ['agent', 'stop']).catch(() => undefined);
      await scratch.remove();
    },
  };
}
