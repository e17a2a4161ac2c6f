import { Option, type Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import { uidSchema } from '../../models/lease.ts';
import { childEnvironment } from '../../models/child-environment.ts';
import type { Context } from '../context.ts';
import { CommandFailure, exitCodes, messageOf } from '../failure.ts';
import { awsEndpointEnvironment, awsProcessEnvironment } from '../lease/aws-environment.ts';
import { requireAws } from '../lease/credential-process.ts';
import { azureEndpointEnvironment } from '../lease/azure-environment.ts';
import { applyTo } from '../lease/environment.ts';
import { addNarrowingFlags, narrowingOf, type NarrowingFlags } from '../lease/narrowing-flags.ts';
import { leaseOn } from '../lease/open-lease.ts';
import { programName, runProgram } from '../lease/run-program.ts';
import { isUnreachable, type OpenedLease, type SessionView } from '../owner/owner-client.ts';
import { namedSession } from '../sessions/find-session.ts';
import { say } from '../terminal/shell.ts';

export function addExecCommand(program: Command, context: Context): void {
  const command = addNarrowingFlags(
    program
      .command('exec')
      .summary('run a program with the credentials of a session')
      .description('run a program with the credentials of a session, renewed while it runs')
      .usage('[options] [NAME] -- PROGRAM [ARGUMENT...]')
      .argument('[WORDS...]', 'session name or id (omit to pick from a list), then what to run')
      .option('--no-start', 'fail if the session is not active')
      .option(
        '--replace-section',
        'move your own profile section aside while the session is active',
      )
      .option(
        '--token-file',
        'give the endpoint’s token as a file, which Stint renews after a crash',
      )
      .addOption(
        new Option(
          '--process',
          'put a credential_process into the profile instead of the endpoint, for tools such as serverless (AWS only)',
        ).conflicts(['tokenFile', 'allowUid']),
      )
      .option(
        '--allow-uid <N>',
        'let programs of this user use it too, such as a container on the host’s network; repeatable',
        (uid: string, before: readonly number[]) => [...before, uidOf(uid)],
        [],
      ),
  )
    .addHelpText(
      'after',
      '\nWith --read-only, --policy-arn or --policy the program gets its own credentials, which may do what the\n' +
        'session may do and one of these policies allows. Other credentials on this machine are not affected.\n' +
        'If exec starts the session, the session stops with the last program that uses it.\n' +
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
    'stint exec --process payments -- serverless deploy',
    'stint exec --read-only payments -- ./report.sh',
    "stint exec payments -- sh -c 'aws sts get-caller-identity | jq .Arn'",
  );
}

interface ExecFlags extends NarrowingFlags {
  readonly start: boolean;
  readonly replaceSection?: boolean;
  readonly tokenFile?: boolean;
  readonly process?: boolean;
  readonly allowUid: readonly number[];
}

/** Throws CommandFailure 'usage'. */
function uidOf(text: string): number {
  const { success, data } = uidSchema.safeParse(/^\d+$/.test(text) ? Number(text) : undefined);
  if (success) return data;
  throw new CommandFailure(
    'usage',
    `--allow-uid must be the number of a user, such as 1000, not "${text}".`,
    'Print it in the container with: id -u',
  );
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
  if (flags.process === true) requireAws(session);
  const opened = await leaseOn(
    context,
    session,
    {
      kind: 'exec',
      process: program,
      pid: process.pid,
      ...(flags.tokenFile === true && session.type !== 'azure' ? { tokenInFile: true } : {}),
      ...(flags.process === true ? { bySocket: true } : {}),
      ...narrowingOf(flags),
      ...(flags.allowUid.length === 0 ? {} : { allowedUids: [...flags.allowUid] }),
    },
    { mayStart: flags.start, replaceSection: flags.replaceSection === true },
  );
  if (opened === undefined) return;
  let isInterrupted = false;
  try {
    const exitCode = await runProgram(line, {
      env: applyTo(childEnvironment(shell.env), environmentOf(context, session, opened, flags)),
      hasTerminal: [shell.stdin, shell.stdout, shell.stderr].some(({ isTTY }) => isTTY === true),
      report: (message) => say(shell, `stint: ${message}`),
    });
    context.endWith(exitCode);
    isInterrupted = exitCode === exitCodes.interrupted;
  } finally {
    await close(context, opened);
    if (isInterrupted)
      say(shell, `stint: Interrupted. The lease on ${session.sessionName} is closed.`);
  }
}

function environmentOf(
  { shell }: Context,
  session: SessionView,
  opened: OpenedLease,
  { tokenFile = false, process = false }: ExecFlags,
) {
  if (session.type === 'azure') return azureEndpointEnvironment(shell.env, session, opened);
  return process
    ? awsProcessEnvironment(shell.env, session, opened)
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
