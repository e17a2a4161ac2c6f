import type { Command } from 'commander';
import { printable } from '../../../models/printable.ts';
import { addExamples, jsonOption, sessionsArgument, type Json } from '../../arguments/help.ts';
import { parseInstant } from '../../arguments/instant.ts';
import type { Context } from '../../context.ts';
import { eachSession } from '../../sessions/each-session.ts';
import { namedSessions } from '../../sessions/find-session.ts';
import { instantText } from '../../terminal/instant-text.ts';
import { say } from '../../terminal/shell.ts';

interface RestoreFlags extends Json {
  readonly validUntil?: string;
}

export function addSessionRestore(session: Command, context: Context): void {
  const command = session
    .command('restore')
    .description('bring archived sessions back, with their secrets')
    .argument(...sessionsArgument)
    .option(
      '--valid-until <TIME>',
      'archive them again then: 2026-12-31 or, from now, 30d (default: never)',
    )
    .option(...jsonOption)
    .action((names: readonly string[], flags: RestoreFlags) => restore(context, names, flags));
  addExamples(
    command,
    'stint session list --archived',
    'stint session restore contractor',
    'stint session restore contractor --valid-until 30d',
  );
}

async function restore(
  context: Context,
  names: readonly string[],
  { validUntil, json }: RestoreFlags,
): Promise<void> {
  const { owner, shell } = context;
  const body = validUntil === undefined ? {} : { validUntil: parseInstant(validUntil, 'ahead') };
  const isArchived = ({ archivedAt }: { archivedAt?: string | undefined }) =>
    archivedAt !== undefined;
  const sessions = await namedSessions(context, names, isArchived);
  await eachSession(context, sessions, {
    json,
    request: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/restore', { path: { id: sessionId }, body }),
    handle(answer) {
      const { sessionName, validUntil: end } = answer.session;
      const until = end === undefined ? '' : ` until ${instantText(end)}`;
      say(shell, `${printable(sessionName)} is valid again${until}.`);
      return Promise.resolve(answer);
    },
  });
}
