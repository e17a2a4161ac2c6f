import type { Command } from 'commander';
import { addExamples, sessionArgument, yesOption } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { dependentsOfSession } from '../../sessions/dependents.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { confirmRemoval } from '../../terminal/confirm.ts';
import { printable } from '../../../models/printable.ts';
import { say } from '../../terminal/shell.ts';

export function addSessionRemove(session: Command, context: Context): void {
  const command = session
    .command('remove')
    .description('remove a session and its secrets; sessions that depend on it end')
    .argument(...sessionArgument)
    .option(...yesOption)
    .action((name: string | undefined, flags: { readonly yes?: boolean }) =>
      remove(context, name, flags.yes),
    );
  addExamples(command, 'stint session remove payments --yes');
}

async function remove(context: Context, name: string | undefined, yes?: boolean): Promise<void> {
  const { owner, shell } = context;
  const session = await namedSession(context, name);
  const { sessionId } = session;
  const shown = printable(session.sessionName);
  const dependents = await dependentsOfSession(context, session);
  await confirmRemoval(shell, `Remove ${shown} and its secrets?`, { yes, dependents });
  await owner.request('DELETE', '/v1/sessions/{id}', { path: { id: sessionId } });
  say(shell, `Removed ${shown}.`);
}

export function addSessionForget(session: Command, context: Context): void {
  const command = session
    .command('forget')
    .description('forget the sign-in of a session, so that the next start asks again')
    .argument(...sessionArgument)
    .action(async (name: string | undefined) => {
      const { sessionId, sessionName } = await namedSession(context, name);
      await context.owner.request('POST', '/v1/sessions/{id}/forget', { path: { id: sessionId } });
      say(context.shell, `The next start of ${printable(sessionName)} asks you to sign in again.`);
    });
  addExamples(command, 'stint session forget payments');
}
