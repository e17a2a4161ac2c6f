import { Command, CommanderError } from 'commander';
import { addAgentCommand } from './commands/agent.ts';
import { addCredentialsCommand } from './commands/credentials.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEnvCommand } from './commands/env.ts';
import { addExecCommand } from './commands/exec.ts';
import { addHistoryCommand } from './commands/history.ts';
import { addIdentityProviderCommand } from './commands/identity-provider.ts';
import { addIntegrationCommand } from './commands/integration.ts';
import { addPromptCommand } from './commands/prompt.ts';
import { addRotateCommand } from './commands/rotate.ts';
import { addSessionCommand } from './commands/session.ts';
import { addSettingsCommand } from './commands/settings.ts';
import { addStartCommand } from './commands/start.ts';
import { addStopCommand } from './commands/stop.ts';
import { addUiCommand } from './commands/ui.ts';
import type { Context } from './context.ts';
import { exitCodes } from './failure.ts';

/** All commands there are, in the order of the help. A group is one file and one line here. */
const groups: readonly ((program: Command, context: Context) => void)[] = [
  addSessionCommand,
  addStartCommand,
  addStopCommand,
  addRotateCommand,
  addExecCommand,
  addEnvCommand,
  addCredentialsCommand,
  addIntegrationCommand,
  addIdentityProviderCommand,
  addPromptCommand,
  addHistoryCommand,
  addSettingsCommand,
  addUiCommand,
  addAgentCommand,
  addDoctorCommand,
];

export function createProgram(context: Context): Command {
  const { shell, version } = context;
  const program = new Command('stint')
    .description('Cloud credential sessions that last as long as the work does.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('`--help` shows what it takes.')
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    });
  for (const addGroup of groups) addGroup(program, context);
  program.addHelpText(
    'after',
    '\nEnds with 0 done, 1 failed, 2 usage, 3 not found, 4 a person is needed, 5 no agent can be reached.',
  );
  return program;
}

/** Throws what a command throws; what is wrong with the arguments is said, and ends with 2. */
export async function runProgram(argv: readonly string[], context: Context): Promise<void> {
  try {
    await createProgram(context).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) context.endWith(exitCodes.usage);
  }
}
