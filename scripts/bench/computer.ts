import { join } from 'node:path';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import {
  makeScratch,
  startPracticeCloud,
  stint,
  type PracticeCloudProcess,
  type Scratch,
} from '../demo/scratch.ts';
import { writeHome } from './many-sessions.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist');

/** The command after the build. */
export const builtCommand = join(dist, 'stint.cjs');

/** A user's computer with a practice cloud, and an agent once a command was used. */
export interface Computer {
  readonly scratch: Scratch;
  readonly cloud: PracticeCloudProcess;
}

/** Does the work on a scratch computer, and removes that afterwards. `sessions`: how many it has. */
export async function onComputer<T>(
  work: (computer: Computer) => Promise<T>,
  { sessions = 0 }: { readonly sessions?: number } = {},
): Promise<T> {
  const cloud = await startPracticeCloud();
  const scratch = await makeScratch(cloud);
  try {
    if (sessions > 0) await writeHome(homeOf(scratch), sessions);
    return await work({ scratch, cloud });
  } finally {
    await stint(scratch, ['agent', 'stop']).catch(() => undefined);
    cloud.end();
    await scratch.remove();
  }
}

export function homeOf({ env }: Scratch): string {
  return env['STINT_HOME'] ?? '';
}

/** Adds the session of a new user of the practice cloud, who has these keys. */
export async function addUserSession({ scratch, cloud }: Computer, sessionName: string) {
  const user = { accountId: '447109328810', userName: sessionName };
  const { accessKeyId, secretAccessKey } = await connectAdmin(cloud).createUser(user);
  const secrets = { accessKeyId, secretAccessKey };
  const session = { type: 'awsIamUser', sessionName, region: 'eu-west-1', secrets };
  const added = await stint(scratch, ['session', 'add', '--from-json', '-'], {
    input: JSON.stringify(session),
  });
  return { sessionId: added.trim(), ...secrets };
}
