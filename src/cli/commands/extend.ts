import type { Command } from 'commander';
import { durationText } from '../../models/duration.ts';
import { printable } from '../../models/printable.ts';
import { duration } from '../arguments/flag-values.ts';
import { addExamples, jsonOption, sessionsArgument, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { eachSession } from '../sessions/each-session.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { instantText } from '../terminal/instant-text.ts';
import { say } from '../terminal/shell.ts';

interface ExtendFlags extends Json {
  readonly by: string;
}

export function addExtendCommand(program: Command, context: Context): void {
  const command = program
    .command('extend')
    .description('give running sessions with a maximum duration more time')
    .argument(...sessionsArgument)
    .option('--by <DURATION>', 'how much longer, such as 90min or 2h', '1h')
    .option(...jsonOption)
    .action((names: readonly string[], flags: ExtendFlags) => extend(context, names, flags));
  addExamples(command, 'stint extend payments', 'stint extend payments --by 90min');
}

async function extend(
  context: Context,
  names: readonly string[],
  { by, json }: ExtendFlags,
): Promise<void> {
  const { shell, owner } = context;
  const seconds = duration(by, '--by');
  const sessions = await namedSessions(context, names, ({ status }) => status !== 'inactive');
  await eachSession(context, sessions, {
    json,
    request: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/extend', {
        path: { id: sessionId },
        body: { seconds },
      }),
    handle(answer) {
      const { sessionName, run } = answer.session;
      const end = instantText(run?.endsAt);
      say(shell, `${printable(sessionName)} has ${durationText(seconds)} more, until ${end}.`);
      return Promise.resolve(answer);
    },
  });
}
