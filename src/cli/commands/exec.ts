import type { Command } from 'commander';
import { childEnvironment } from '../environment/child-environment.ts';
import type { Context } from '../context.ts';
import { CommandFailure, wordsOf } from '../failure.ts';
import { awsEndpointEnvironment } from '../lease/aws-environment.ts';
import { azureEndpointEnvironment } from '../lease/azure-environment.ts';
import { applyTo } from '../lease/environment.ts';
import { leaseOn } from '../lease/open-lease.ts';
import { programName, runProgram } from '../lease/run-program.ts';
import { isUnreachable, type OpenedLease, type SessionView } from '../owner/owner-client.ts';
import { namedSession } from '../sessions/find-session.ts';
import { say } from '../terminal/shell.ts';

export function addExecCommand(program: Command, context: Context): void {
  program
    .command('exec')
    .description('run a program with the credentials of a session, renewed while it runs')
    .usage('[options] [NAME] -- PROGRAM [ARGUMENT...]')
    .argument('[WORDS...]', 'name or id of a session, left out to choose; then what to run')
    .option('--no-start', 'refuse where the session is not active')
    .option('--replace-section', 'put a profile section of your own aside until the session stops')
    .addHelpText(
      'after',
      '\nA session that this starts stops with its last program. Ends with what the program ends ' +
        'with, 128 and the signal’s number where a signal ended it, 127 where there is no such program.',
    )
    .action(async (words: readonly string[], flags: ExecFlags) => {
      const { rawArgs } = program as Command & { readonly rawArgs: readonly string[] };
      await exec(context, parted(words, rawArgs), flags);
    });
}

interface ExecFlags {
  readonly start: boolean;
  readonly replaceSection?: boolean;
}

interface Parts {
  readonly name: string | undefined;
  readonly line: readonly string[];
}

/** What stands before and after `--`, which the parser takes away. */
function parted(words: readonly string[], rawArgs: readonly string[]): Parts {
  const at = rawArgs.indexOf('--');
  const line = at < 0 ? words.slice(1) : rawArgs.slice(at + 1);
  const names = words.slice(0, words.length - line.length);
  if (names.length > 1) {
    throw new CommandFailure('usage', 'One session at a time: stint exec NAME -- PROGRAM');
  }
  if (line.length === 0) {
    throw new CommandFailure('usage', 'Say what to run: stint exec NAME -- PROGRAM');
  }
  return { name: names[0], line };
}

async function exec(context: Context, { name, line }: Parts, flags: ExecFlags): Promise<void> {
  const { shell } = context;
  const program = programName(line[0] ?? '');
  const session = await namedSession(context, name);
  const opened = await leaseOn(
    context,
    session,
    { kind: 'exec', process: program, pid: process.pid },
    { mayStart: flags.start, replaceSection: flags.replaceSection === true },
  );
  if (opened === undefined) return;
  try {
    const exitCode = await runProgram(line, {
      env: applyTo(childEnvironment(shell.env), environmentOf(context, session, opened)),
      hasTerminal: [shell.stdin, shell.stdout, shell.stderr].some(({ isTTY }) => isTTY === true),
      say: (words) => say(shell, `stint: ${words}`),
    });
    context.endWith(exitCode);
  } finally {
    await close(context, opened);
  }
}

function environmentOf({ shell }: Context, session: SessionView, opened: OpenedLease) {
  return session.type === 'azure'
    ? azureEndpointEnvironment(shell.env, session, opened)
    : awsEndpointEnvironment(shell.env, session, opened);
}

/** Where it cannot be closed now, the owner does it once it sees that we are gone. */
async function close({ owner, shell }: Context, { lease: { leaseId } }: OpenedLease) {
  try {
    await owner.running.request('DELETE', '/v1/leases/{id}', { path: { id: leaseId } });
  } catch (error) {
    if (!isUnreachable(error)) say(shell, `stint: ${wordsOf(error).what}`);
  }
}
