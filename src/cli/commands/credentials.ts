import type { Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import { callerPid } from '../environment/caller-pid.ts';
import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { findSession } from '../sessions/find-session.ts';
import { print } from '../terminal/shell.ts';

/**
 * The credential_process contract (AWS SDKs and Tools Reference Guide, "Process credential
 * provider"): one JSON document on standard output, or nothing there and a message on standard error.
 * Asks nobody; starts a session with `onDemand` if that needs no answer. credentials-at-once.ts has
 * tried before. Throws Problem and CommandFailure.
 */
export async function printCredentials(context: Context, name: string): Promise<void> {
  const { sessionId, onDemand } = await findSession(context, name);
  const pid = callerPid();
  const read = () =>
    context.owner.request('GET', '/v1/sessions/{id}/credentials', {
      path: { id: sessionId },
      query: pid === undefined ? {} : { pid },
    });
  const credentials = await read().catch(async (error: unknown) => {
    const isInactive = error instanceof Problem && error.code === 'session-not-active';
    if (!isInactive || onDemand !== true) throw error;
    const { startOnDemand } = await import('../lease/start-on-demand.ts');
    await startOnDemand(context.owner, sessionId);
    return await read();
  });
  print(context.shell, JSON.stringify(credentials));
}

/** The same for the holder of a lease, such as the profile that `stint exec --process` writes. */
export async function printLentCredentials(context: Context, leaseId: string): Promise<void> {
  const credentials = await context.owner.request('GET', '/v1/leases/{id}/credentials', {
    path: { id: leaseId },
  });
  print(context.shell, JSON.stringify(credentials));
}

export function addCredentialsCommand(program: Command, context: Context): void {
  const command = program
    .command('credentials')
    .description('print the credentials of a session for credential_process')
    .argument('[NAME]', 'session name or id')
    .option('--lease <ID>', 'print what an open lease gives instead')
    .option('--home <DIR>', 'the folder of Stint, instead of STINT_HOME and the usual one')
    .action((name: string | undefined, { lease }: { readonly lease?: string }) => {
      if ((name === undefined) === (lease === undefined)) {
        throw new CommandFailure(
          'usage',
          'Name a session, or a lease with --lease.',
          'See stint credentials --help.',
        );
      }
      return lease === undefined
        ? printCredentials(context, name ?? '')
        : printLentCredentials(context, lease);
    });
  addExamples(
    command,
    'credential_process = /usr/bin/stint credentials payments    in ~/.aws/config',
  );
}
