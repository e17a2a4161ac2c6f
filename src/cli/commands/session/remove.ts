import type { Command } from 'commander';
import { ask } from '../../terminal/ask.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { printable } from '../../terminal/printable.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { isInteractive, say } from '../../terminal/shell.ts';

export function addSessionRemove(session: Command, context: Context): void {
  session
    .command('remove')
    .description('remove a session and its secrets; what depends on it ends, its history stays')
    .argument('[NAME]', 'name or id; left out, you choose')
    .option('-y, --yes', 'do not ask')
    .action((name: string | undefined, flags: { readonly yes?: boolean }) =>
      remove(context, name, flags.yes === true),
    );
}

async function remove(context: Context, name: string | undefined, sure: boolean): Promise<void> {
  const { owner, shell } = context;
  const { sessionId, sessionName } = await namedSession(context, name);
  const shown = printable(sessionName);
  if (!sure && isInteractive(shell)) {
    const answer = await ask(shell, `Remove ${shown} and its secrets? [y/N]`);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure('failed', 'Nothing is removed.');
  }
  await owner.request('DELETE', '/v1/sessions/{id}', { path: { id: sessionId } });
  say(shell, `Removed ${shown}.`);
}

export function addSessionForget(session: Command, context: Context): void {
  session
    .command('forget')
    .description('drop the sign-in kept for the next start, which will ask again')
    .argument('[NAME]', 'name or id; left out, you choose')
    .action(async (name: string | undefined) => {
      const { sessionId, sessionName } = await namedSession(context, name);
      await context.owner.request('POST', '/v1/sessions/{id}/forget', { path: { id: sessionId } });
      say(context.shell, `The next start of ${printable(sessionName)} signs in anew.`);
    });
}
