import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { ancestors } from '../environment/ancestors.ts';
import { CommandFailure } from '../failure.ts';
import {
  awsEndpointEnvironment,
  awsProcessEnvironment,
  awsStaticEnvironment,
  elsewhere,
} from '../lease/aws-environment.ts';
import { azureElsewhere, azureEndpointEnvironment } from '../lease/azure-environment.ts';
import { requireAws } from '../lease/credential-process.ts';
import type { Environment } from '../lease/environment.ts';
import { askingShell } from '../lease/asking-shell.ts';
import { openLease } from '../lease/open-lease.ts';
import { environmentText, shells, type ShellName } from '../lease/shell-text.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { printable } from '../../models/printable.ts';
import { namedSession } from '../sessions/find-session.ts';
import { say } from '../terminal/shell.ts';
import { instantText } from '../terminal/instant-text.ts';

interface EnvFlags {
  readonly shell?: ShellName;
  readonly static?: boolean;
  readonly tokenFile?: boolean;
  readonly process?: boolean;
}

export function addEnvCommand(program: Command, context: Context): void {
  const command = program
    .command('env')
    .description('print environment variables for an active session')
    .argument('[NAME]', 'session name or id (omit to pick from a list)')
    .addOption(new Option('--shell <SHELL>', 'target shell (default: yours)').choices(shells))
    .option('--static', 'print the keys themselves, which Stint cannot renew (AWS only)')
    .addOption(
      new Option(
        '--process',
        'use a profile with a credential_process instead of the endpoint (AWS only)',
      ).conflicts(['static', 'tokenFile']),
    )
    .option('--token-file', 'give the endpoint’s token as a file, which Stint renews after a crash')
    .action((name: string | undefined, flags: EnvFlags) => printEnvironment(context, name, flags));
  addExamples(
    command,
    'eval "$(stint env payments)"                           bash and zsh',
    'stint env payments | source                            fish',
    'eval "`stint env payments`"                            tcsh and csh',
    'stint env payments | Out-String | Invoke-Expression    PowerShell',
    'stint env payments --shell docker > payments.env       docker run --env-file',
  );
}

async function printEnvironment(context: Context, name: string | undefined, flags: EnvFlags) {
  const { shell } = context;
  const into = flags.shell ?? askingShell(ancestors(process.platform), shell.env, process.platform);
  if (into === 'docker' && flags.tokenFile === true) {
    throw new CommandFailure(
      'usage',
      'A container cannot read the token file.',
      'Omit --token-file.',
    );
  }
  if (into === 'docker' && flags.process === true) {
    throw new CommandFailure('usage', 'A container cannot run Stint.', 'Omit --process.');
  }
  const session = await namedSession(context, name, ({ status }) => status === 'active');
  const environment =
    flags.static === true
      ? await staticEnvironment(context, session, into)
      : await leaseEnvironment(context, session, into, flags);
  shell.stdout.write(environmentText(into, environment));
}

/** With a lease that lasts as long as the run. */
async function leaseEnvironment(
  { shell, owner }: Context,
  session: SessionView,
  into: ShellName,
  { tokenFile: inFile = false, process = false }: EnvFlags,
): Promise<Environment> {
  if (process) requireAws(session);
  const opened = await openLease(owner, session.sessionId, {
    process: into,
    ...(process ? { kind: 'credential-process', bySocket: true } : { kind: 'endpoint' }),
  });
  if (session.type === 'azure') {
    const environment = azureEndpointEnvironment(shell.env, session, opened);
    return into === 'docker' ? azureElsewhere(environment) : environment;
  }
  if (process) return awsProcessEnvironment(shell.env, session, opened);
  const environment = awsEndpointEnvironment(shell.env, session, opened, { inFile });
  return into === 'docker' ? elsewhere(environment) : environment;
}

async function staticEnvironment(
  { shell, owner, location }: Context,
  session: SessionView,
  into: ShellName,
): Promise<Environment> {
  if (session.type === 'azure') {
    throw new CommandFailure(
      'usage',
      `${session.sessionName} is an Azure session, and Azure tools read no token from a variable.`,
      'Omit --static, or print a token: ' +
        `stint exec ${session.sessionId} -- az account get-access-token --resource URL`,
    );
  }
  const credentials = await owner.request('GET', '/v1/sessions/{id}/credentials', {
    path: { id: session.sessionId },
    query: { kind: 'static', process: into },
  });
  say(
    shell,
    `These keys of ${printable(session.sessionName)} work until ${instantText(credentials.Expiration)}, even if you stop the session.`,
  );
  return awsStaticEnvironment(shell.env, session, credentials, join(location.home, 'leases'));
}
