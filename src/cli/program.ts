import { Command, CommanderError, Option } from 'commander';
import { printableLines } from '../models/printable.ts';
import { addExamples } from './arguments/help.ts';
import { addAgentCommand } from './commands/agent.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addConsoleCommand } from './commands/console.ts';
import { addCredentialsCommand } from './commands/credentials.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEnvCommand } from './commands/env.ts';
import { addExecCommand } from './commands/exec.ts';
import { addExportCommand } from './commands/export.ts';
import { addExtendCommand } from './commands/extend.ts';
import { addHistoryCommand } from './commands/history.ts';
import { addIdentityProviderCommand } from './commands/identity-provider.ts';
import { addImportCommand } from './commands/import.ts';
import { addIntegrationCommand } from './commands/integration.ts';
import { addPassphraseCommand } from './commands/passphrase.ts';
import { addProfileCommand } from './commands/profile.ts';
import { addPromptCommand } from './commands/prompt.ts';
import { addRotateCommand } from './commands/rotate.ts';
import { addSessionCommand } from './commands/session.ts';
import { addSettingsCommand } from './commands/settings.ts';
import { addStartCommand } from './commands/start.ts';
import { addStopCommand } from './commands/stop.ts';
import { addSupportBundleCommand } from './commands/support-bundle.ts';
import { addTokenCommand } from './commands/token.ts';
import { addUiCommand } from './commands/ui.ts';
import { addVersionCommand } from './commands/version.ts';
import { addLockCommand, addUnlockCommand } from './commands/vault.ts';
import { addWhoAmICommand } from './commands/whoami.ts';
import type { Context } from './context.ts';
import { exitCodes } from './failure.ts';

type AddCommand = (program: Command, context: Context) => void;

/** All commands, in the order of the help. A new command is one file and one line here. */
const groups: Readonly<Record<string, readonly AddCommand[]>> = {
  'Sessions:': [
    addSessionCommand,
    addStartCommand,
    addStopCommand,
    addRotateCommand,
    addExtendCommand,
  ],
  'Use credentials:': [
    addExecCommand,
    addEnvCommand,
    addCredentialsCommand,
    addProfileCommand,
    addConsoleCommand,
    addWhoAmICommand,
  ],
  'Where sessions come from:': [
    addIntegrationCommand,
    addIdentityProviderCommand,
    addExportCommand,
    addImportCommand,
  ],
  'Stint itself:': [
    addUiCommand,
    addPromptCommand,
    addLockCommand,
    addUnlockCommand,
    addPassphraseCommand,
    addHistoryCommand,
    addSettingsCommand,
    addTokenCommand,
    addAgentCommand,
    addDoctorCommand,
    addSupportBundleCommand,
    addCompletionCommand,
    addVersionCommand,
  ],
};

/** Handled in run-command.ts, for every command; here for the help. */
const verbose = new Option('--verbose', 'show on standard error what Stint does, and why it asks');

export function createProgram(context: Context): Command {
  const { shell, version } = context;
  const program = new Command('stint')
    .description('Credentials for AWS and Azure that last as long as your work does.')
    .version(version, '-V, --version', 'print the version')
    .addOption(verbose)
    .configureHelp({
      showGlobalOptions: true,
      // Their own help has the rest: so the list fits a screen.
      subcommandTerm: (command) => command.name(),
      visibleGlobalOptions: ({ parent }) => (parent === null ? [] : [verbose]),
    })
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('See --help.')
    .configureOutput({
      writeOut: (text) => shell.stdout.write(printableLines(text)),
      writeErr: (text) => shell.stderr.write(printableLines(text)),
      outputError: (text, write) => write(text.replace(/^error: /, 'stint: ')),
    });
  for (const [title, commands] of Object.entries(groups)) {
    program.commandsGroup(title);
    for (const addCommand of commands) addCommand(program, context);
  }
  program.helpCommand('help [command]', 'display help for command');
  addExamples(
    program,
    'stint start payments                   start a session',
    'stint exec payments -- aws s3 ls       run a program with its credentials',
    'stint session list --active            list what is running',
    'stint doctor                           find out what is wrong',
  );
  program.addHelpText(
    'after',
    '\nExit codes: 0 success, 1 failure, 2 usage error, 3 not found, 4 waiting for you, ' +
      '5 no agent can be reached, 130 interrupted.',
  );
  return program;
}

/** Throws what a command throws. Invalid arguments are reported here and end with exit code 2. */
export async function runProgram(argv: readonly string[], context: Context): Promise<void> {
  try {
    await createProgram(context).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) context.endWith(exitCodes.usage);
  }
}
