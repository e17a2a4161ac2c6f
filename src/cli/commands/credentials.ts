import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { findSession } from '../session-name.ts';
import { print } from '../shell.ts';

/**
 * The credential_process contract (AWS SDKs and Tools Reference Guide, "Process credential
 * provider"): one JSON document on standard output, or nothing there and words on standard error.
 * It asks nothing of anybody. Throws Problem and CommandFailure.
 */
export async function printCredentials(context: Context, name: string): Promise<void> {
  const { sessionId } = await findSession(context, name);
  const credentials = await context.owner.request('GET', '/v1/sessions/{id}/credentials', {
    path: { id: sessionId },
  });
  print(context.shell, JSON.stringify(credentials));
}

export function addCredentialsCommand(program: Command, context: Context): void {
  program
    .command('credentials')
    .description('print the credentials of an active session, as credential_process wants them')
    .argument('<NAME>', 'name or id of the session')
    .action((name: string) => printCredentials(context, name));
}
