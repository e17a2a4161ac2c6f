import type { Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import { childEnvironment } from '../environment/child-environment.ts';
import type { Context } from '../context.ts';
import { CommandFailure, messageOf } from '../failure.ts';
import { awsEndpointEnvironment } from '../lease/aws-environment.ts';
import { azureEndpointEnvironment } from '../lease/azure-environment.ts';
import { applyTo } from '../lease/environment.ts';
import { leaseOn } from '../lease/open-lease.ts';
import { programName, runProgram } from '../lease/run-program.ts';
import { isUnreachable, type OpenedLease, type SessionView } from '../owner/owner-client.ts';
import { namedSession } from '../sessions/find-session.ts';
import { say } from '../terminal/shell.ts';

export function addExecCommand(program: Command, context: Context): void {
  const command = program
    .command('exec')
    .description('run a program with the credentials of a session, renewed while it runs')
    .usage('[options] [NAME] -- PROGRAM [ARGUMENT...]')
    .argument('[WORDS...]', 'session name or id (omit to pick from a list), then what to run')
    .option('--no-start', 'fail if the session is not active')
    .option('--replace-section', 'move your own profile section aside while the session is active')
    .option('--token-file', 'give the endpoint’s token as a file, which Stint renews after a crash')
    .addHelpText(
      'after',
      '\nIf exec starts the session, the session stops with the last program that uses it.\n' +
        'Exit codes: that of the program; 128 plus the signal’s number if a signal ends it; 127 if ' +
        'the program does not exist.',
    )
    .action(async (words: readonly string[], flags: ExecFlags) => {
      const { rawArgs } = program as Command & { readonly rawArgs: readonly string[] };
      await exec(context, splitWords(words, rawArgs), flags);
    });
  addExamples(
    command,
    'stint exec payments -- aws s3 ls',
    'stint exec payments -- terraform plan',
    "stint exec payments -- sh -c 'aws sts get-caller-identity | jq .Arn'",
  );
}

interface ExecFlags {
  readonly start: boolean;
  readonly replaceSection?: boolean;
  readonly tokenFile?: boolean;
}

interface Words {
  readonly name: string | undefined;
  /** The program and its arguments. */
  readonly line: readonly string[];
}

/** The words before and after `--`, which the parser removes. Throws CommandFailure 'usage'. */
function splitWords(words: readonly string[], rawArgs: readonly string[]): Words {
  const at = rawArgs.indexOf('--');
  const line = at < 0 ? words.slice(1) : rawArgs.slice(at + 1);
  const names = words.slice(0, words.length - line.length);
  if (names.length > 1) {
    throw new CommandFailure('usage', 'Name one session: stint exec NAME -- PROGRAM');
  }
  if (line.length === 0) {
    throw new CommandFailure('usage', 'Name a program to run: stint exec NAME -- PROGRAM');
  }
  return { name: names[0], line };
}

async function exec(context: Context, { name, line }: Words, flags: ExecFlags): Promise<void> {
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
      env: applyTo(childEnvironment(shell.env), environmentOf(context, session, opened, flags)),
      hasTerminal: [shell.stdin, shell.stdout, shell.stderr].some(({ isTTY }) => isTTY === true),
      report: (message) => say(shell, `stint: ${message}`),
    });
    context.endWith(exitCode);
  } finally {
    await close(context, opened);
  }
}

function environmentOf(
  { shell }: Context,
  session: SessionView,
  opened: OpenedLease,
  { tokenFile = false }: ExecFlags,
) {
  return session.type === 'azure'
    ? azureEndpointEnvironment(shell.env, session, opened)
    : awsEndpointEnvironment(shell.env, session, opened, { inFile: tokenFile });
}

/** If this fails, the owner closes the lease once it sees that this process has ended. */
async function close({ owner, shell }: Context, { lease: { leaseId } }: OpenedLease) {
  try {
    await owner.running.request('DELETE', '/v1/leases/{id}', { path: { id: leaseId } });
  } catch (error) {
    if (!isUnreachable(error)) say(shell, `stint: ${messageOf(error).what}`);
  }
}
