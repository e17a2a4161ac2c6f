import type { Command } from 'commander';
import { allSessions } from '../../client/all-sessions.ts';
import { addExamples, jsonOption, sessionsArgument } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure, exitCodes } from '../failure.ts';
import type { Stopped } from '../owner/owner-client.ts';
import { eachSession } from '../sessions/each-session.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { stopContinues } from '../sessions/what-continues.ts';
import { instantText } from '../terminal/instant-text.ts';
import { leftoverNext, leftoverText } from '../sessions/leftover-text.ts';
import { printable } from '../../models/printable.ts';
import { printJson, say } from '../terminal/shell.ts';

interface StopFlags {
  readonly all?: boolean;
  readonly json?: boolean;
}

export function addStopCommand(program: Command, context: Context): void {
  const command = program
    .command('stop')
    .description('stop sessions and remove their credentials')
    .argument(...sessionsArgument)
    .option('--all', 'stop every running session')
    .option(...jsonOption)
    .action((names: readonly string[], flags: StopFlags) => stop(context, names, flags));
  addExamples(command, 'stint stop payments', 'stint stop --all');
}

async function stop(context: Context, names: readonly string[], { all, json }: StopFlags) {
  const { owner, shell } = context;
  if (all === true && names.length > 0) {
    throw new CommandFailure('usage', 'Give session names or --all, not both.');
  }
  const running = ({ status }: { readonly status: string }) => status !== 'inactive';
  const sessions =
    all === true
      ? (await allSessions(owner, { archived: 'true' })).items.filter(running)
      : await namedSessions(context, names, running);
  if (sessions.length === 0) {
    say(shell, 'No session is running.');
    if (json === true) printJson(shell, []);
    return;
  }
  context.continues(stopContinues());
  await eachSession(context, sessions, {
    json,
    request: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/stop', { path: { id: sessionId } }),
    handle: (answer, { status }) => {
      report(context, answer, status !== 'inactive');
      return Promise.resolve(answer);
    },
  });
}

function report(
  context: Context,
  { session, issuedUntil, leftovers, historyWritten }: Stopped,
  wasRunning: boolean,
) {
  const { shell } = context;
  const name = printable(session.sessionName);
  say(shell, wasRunning ? `${name} is stopped.` : `${name} was not running.`);
  if (issuedUntil !== undefined) {
    const cloud = session.type === 'azure' ? 'Azure' : 'AWS';
    say(
      shell,
      `Copies of its credentials work until ${instantText(issuedUntil)}: ${cloud} cannot revoke them.`,
    );
  }
  if (!historyWritten) say(shell, 'Warning: Stint could not write the history.');
  for (const leftover of leftovers) {
    say(shell, printable(leftoverText(leftover)));
    say(shell, `  ${leftoverNext}`);
  }
  // Credentials that are left can still be used, so the stop is not complete.
  if (leftovers.some(({ what }) => what !== 'stash')) context.endWith(exitCodes.failed);
}
