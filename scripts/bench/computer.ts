import { join } from 'node:path';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import {
  makeScratch,
  startPracticeCloud,
  stint,
  type PracticeCloudProcess,
  type Scratch,
} from '../demo/scratch.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist');

/** The command after the build. */
export const builtCommand = join(dist, 'stint.cjs');

/** A user's computer with a practice cloud, and an agent once a command was used. */
export interface Computer {
  readonly scratch: Scratch;
  readonly cloud: PracticeCloudProcess;
}

/** Does the work on a scratch computer, and removes that afterwards. */
export async function onComputer<T>(work: (computer: Computer) => Promise<T>): Promise<T> {
  const cloud = await startPracticeCloud();
  const scratch = await makeScratch(cloud);
  try {
    return await work({ scratch, cloud });
  } finally {
    await stint(scratch, ['agent', 'stop']).catch(() => undefined);
    cloud.end();
    await scratch.remove();
  }
}

/** Adds the session of a new user of the practice cloud; its id. */
export async function addUserSession(
  { scratch, cloud }: Computer,
  sessionName: string,
): Promise<string> {
  const user = { accountId: '447109328810', userName: sessionName };
  const { accessKeyId, secretAccessKey } = await connectAdmin(cloud).createUser(user);
  const secrets = { accessKeyId, secretAccessKey };
  const session = { type: 'awsIamUser', sessionName, region: 'eu-west-1', secrets };
  const added = await stint(scratch, ['session', 'add', '--from-json', '-'], {
    input: JSON.stringify(session),
  });
  return added.trim();
}
