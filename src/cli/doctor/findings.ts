import type { Context } from '../context.ts';
import { checkAwsFile } from './aws-file.ts';
import { checkCertificates } from './certificates.ts';
import { checkClaims } from './claims.ts';
import { faultsOf } from './faults/all.ts';
import type { Finding } from './finding.ts';
import { gatherFacts } from './gather.ts';
import type { Change } from './held.ts';
import { checkHome, checkNode } from './machine.ts';
import { checkOwner } from './owner.ts';
import { checkPublishedProfiles } from './published-profiles.ts';
import { checkShellEnvironment } from './shell-environment.ts';

/**
 * Everything that doctor checks, in the order it shows, and what Stint holds on this machine. Starts
 * an agent if none is running.
 */
export async function examine(
  context: Context,
): Promise<{ readonly findings: readonly Finding[]; readonly changes: readonly Change[] }> {
  const { shell, location } = context;
  // First, because a starting owner creates and repairs the home that is checked next.
  const { findings, agent, changes } = await checkOwner(context);
  const ofMachine = [checkNode(), ...checkHome(location.home), ...findings];
  if (agent === undefined) return { findings: ofMachine, changes };
  const { settings } = agent;
  return {
    findings: [
      ...ofMachine,
      ...checkAwsFile(settings.awsCredentialsFile, { holdsSecrets: true }),
      ...checkAwsFile(settings.awsConfigFile, { holdsSecrets: false }),
      ...checkCertificates(settings),
      ...checkShellEnvironment(shell.env, settings),
      ...faultsOf(await gatherFacts(context, agent)),
      ...(await checkClaims(context)),
      ...(await checkPublishedProfiles(context)),
    ],
    changes,
  };
}
