import { userInfo } from 'node:os';
import type { AwsIamRoleChainedSession } from '../../models/session.ts';

/** STS API Reference, AssumeRole: RoleSessionName has 2–64 letters, digits and _+=,.@-. */
const longest = 64;

/** Of a run's id: enough to find it in the history. */
const runLength = 8;

/**
 * What CloudTrail shows for the role: what the session says, else the person and the beginning of the run's
 * id, by which the history finds it. A parent that does not run itself has the person alone.
 */
export function roleSessionNameOf(
  { roleSessionName, run }: Pick<AwsIamRoleChainedSession, 'roleSessionName' | 'run'>,
  person: string,
): string {
  if (roleSessionName !== undefined) return roleSessionName;
  if (run === undefined) return person;
  return `${person.slice(0, longest - runLength - 1)}-${run.id.slice(0, runLength)}`;
}

/** The name of the user of this machine, in the letters that AWS STS accepts. */
export function personOfMachine(name = userName()): string {
  const cleaned = name.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, longest);
  return cleaned.length < 2 ? 'stint' : cleaned;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that has no entry.
    return '';
  }
}
