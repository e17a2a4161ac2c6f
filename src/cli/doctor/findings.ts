import type { Context } from '../context.ts';
import { checkAwsFile } from './aws-file.ts';
import type { Finding } from './finding.ts';
import { checkHome, checkNode } from './machine.ts';
import { checkOwner } from './owner.ts';
import { checkShellEnvironment } from './shell-environment.ts';

/** Everything that doctor checks, in the order it shows. Starts an agent if none is running. */
export async function allFindings(context: Context): Promise<readonly Finding[]> {
  const { shell, location } = context;
  // First, because a starting owner creates and repairs the home that is checked next.
  const owner = await checkOwner(context);
  return [
    checkNode(),
    ...checkHome(location.home),
    ...owner.findings,
    ...(owner.settings === undefined
      ? []
      : [
          ...checkAwsFile(owner.settings.awsCredentialsFile, { holdsSecrets: true }),
          ...checkAwsFile(owner.settings.awsConfigFile, { holdsSecrets: false }),
          ...checkShellEnvironment(shell.env, owner.settings),
        ]),
  ];
}
