import type { Command } from 'commander';
import { printable } from '../../../models/printable.ts';
import { addExamples, jsonOption, sessionsArgument, type Json } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { eachSession } from '../../sessions/each-session.ts';
import { namedSessions } from '../../sessions/find-session.ts';
import { say } from '../../terminal/shell.ts';

export function addSessionHide(session: Command, context: Context): void {
  for (const hidden of [true, false]) {
    const command = session
      .command(hidden ? 'hide' : 'unhide')
      .description(
        hidden
          ? 'leave sessions out of lists while they are not running'
          : 'list hidden sessions again',
      )
      .argument(...sessionsArgument)
      .option(...jsonOption)
      .action((names: readonly string[], flags: Json) => setHidden(context, names, hidden, flags));
    addExamples(
      command,
      ...(hidden
        ? ['stint session hide sandbox-1 sandbox-2', 'stint session list --hidden']
        : ['stint session unhide sandbox-1']),
    );
  }
}

async function setHidden(
  context: Context,
  names: readonly string[],
  hidden: boolean,
  { json }: Json,
): Promise<void> {
  const { owner, shell } = context;
  const sessions = await namedSessions(
    context,
    names,
    (session) => (session.hidden === true) !== hidden,
  );
  await eachSession(context, sessions, {
    json,
    request: ({ sessionId }) =>
      owner.request('PATCH', '/v1/sessions/{id}', { path: { id: sessionId }, body: { hidden } }),
    handle: (changed) => {
      const name = printable(changed.sessionName);
      const running = changed.status === 'inactive' ? '' : ' It is listed until it stops.';
      say(
        shell,
        hidden
          ? `Hid ${name}.${running} Its name still works; stint session list --hidden shows it.`
          : `${name} is listed again.`,
      );
      return Promise.resolve(changed);
    },
  });
}
