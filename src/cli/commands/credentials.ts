import type { Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import { findSession } from '../sessions/find-session.ts';
import { print } from '../terminal/shell.ts';

/**
 * The credential_process contract (AWS SDKs and Tools Reference Guide, "Process credential
 * provider"): one JSON document on standard output, or nothing there and a message on standard error.
 * Asks nobody; starts a session with `onDemand` if that needs no answer. Throws Problem and
 * CommandFailure.
 */
export async function printCredentials(context: Context, name: string): Promise<void> {
  const { sessionId, onDemand } = await findSession(context, name);
  const read = () =>
    context.owner.request('GET', '/v1/sessions/{id}/credentials', { path: { id: sessionId } });
  const credentials = await read().catch(async (error: unknown) => {
    const isInactive = error instanceof Problem && error.code === 'session-not-active';
    if (!isInactive || onDemand !== true) throw error;
    const { startOnDemand } = await import('../lease/start-on-demand.ts');
    await startOnDemand(context.owner, sessionId);
    return await read();
  });
  print(context.shell, JSON.stringify(credentials));
}

export function addCredentialsCommand(program: Command, context: Context): void {
  const command = program
    .command('credentials')
    .description('print the credentials of a session for credential_process')
    .argument('<NAME>', 'session name or id')
    .action((name: string) => printCredentials(context, name));
  addExamples(command, 'credential_process = stint credentials payments    in ~/.aws/config');
}
