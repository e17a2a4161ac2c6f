import { createRequire } from 'node:module';
import { join } from 'node:path';
import { printCredentials } from './commands/credentials.ts';
import { runCommand } from './run-command.ts';
import { print, processShell, type Shell } from './terminal/shell.ts';

/*
 * The command `stint`. SDKs call `stint credentials` all the time, so that one is answered right here;
 * everything else is in another bundle (all-commands.ts), which is read only then.
 */

/** Of all-commands.ts. */
interface AllCommands {
  readonly runAnyCommand: (shell: Shell, argv: readonly string[]) => Promise<number>;
}

async function main(shell: Shell, given: readonly string[]): Promise<number> {
  const [command, name = '', ...rest] = given.filter((argument) => argument !== '--verbose');
  if (command === '--version' && name === '') {
    return await runCommand(shell, given, (_argv, context) => {
      print(shell, context.version);
      return Promise.resolve();
    });
  }
  if (command === 'credentials' && /^[^-]/.test(name) && rest.length === 0) {
    return await runCommand(shell, given, (_argv, context) => printCredentials(context, name));
  }
  const require = createRequire(import.meta.filename);
  const { runAnyCommand } = require(join(import.meta.dirname, 'all-commands.cjs')) as AllCommands;
  return await runAnyCommand(shell, given);
}

/** A reader that stops early, such as `head`, is not a failure. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
void main(processShell(), process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
