import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { eachSession } from '../sessions/each-session.ts';
import { CommandFailure, exitCodes } from '../failure.ts';
import type { Stopped } from '../owner/owner-client.ts';
import { printable } from '../terminal/printable.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { allSessions } from '../../client/all-sessions.ts';
import { printJson, say } from '../terminal/shell.ts';
import { instantText } from '../terminal/instant-text.ts';

interface StopFlags {
  readonly all?: boolean;
  readonly json?: boolean;
}

export function addStopCommand(program: Command, context: Context): void {
  program
    .command('stop')
    .description('take the credentials of sessions away')
    .argument('[NAME...]', 'names or ids of sessions; left out, you choose')
    .option('--all', 'stop every session that is not inactive')
    .option('--json', 'print what the API answers')
    .action((names: readonly string[], flags: StopFlags) => stop(context, names, flags));
}

async function stop(context: Context, names: readonly string[], { all, json }: StopFlags) {
  const { owner, shell } = context;
  if (all === true && names.length > 0) {
    throw new CommandFailure('usage', 'Say either names or --all.');
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
  await eachSession(context, sessions, {
    json,
    asArray: all === true,
    ask: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/stop', { path: { id: sessionId } }),
    deal: (answer, { status }) => {
      report(context, answer, status !== 'inactive');
      return Promise.resolve(answer);
    },
  });
}

/** By what is left. */
const whatIsLeft: Readonly<Record<string, string>> = {
  section: 'its section is still there',
  account: 'its account is still there',
  stash: 'your own section is still stashed',
  journal: 'the clean-up journal cannot be read',
};

function report(
  context: Context,
  { session, issuedUntil, leftovers, historyWritten }: Stopped,
  wasRunning: boolean,
) {
  const { shell } = context;
  const name = printable(session.sessionName);
  say(shell, wasRunning ? `${name} is stopped.` : `${name} was not running.`);
  if (issuedUntil !== undefined) {
    say(
      shell,
      `Copies of its credentials made elsewhere work until ${instantText(issuedUntil)}: ${session.type === 'azure' ? 'Azure' : 'AWS'} cannot revoke them.`,
    );
  }
  if (!historyWritten) say(shell, 'Warning: the history could not be written.');
  for (const { file, profileName, what, reason } of leftovers) {
    const left = whatIsLeft[what] ?? what;
    const place = profileName === undefined ? '' : `Profile ${printable(profileName)} in `;
    say(shell, `${place}${printable(file)}: ${left}. ${printable(reason)}`);
    say(shell, '  It is tried again by itself; `stint stop` with the name tries it now.');
  }
  // What still stands there may still be used: that is no stop done.
  if (leftovers.some(({ what }) => what !== 'stash')) context.endWith(exitCodes.failed);
}
