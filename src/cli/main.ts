import { refuseSecretsIn } from './arguments/refused-flags.ts';
import { printCredentials } from './commands/credentials.ts';
import type { Context } from './context.ts';
import { exitCodeOf, exitCodes, errorText } from './failure.ts';
import { createOwnerClient } from './owner/owner-client.ts';
import { ownerLocation } from './owner/owner-location.ts';
import { socketTransport } from './owner/socket-transport.ts';
import { createVerbose, takeVerbose } from './owner/verbose.ts';
import { print, processShell, say, type Shell } from './terminal/shell.ts';

declare const STINT_VERSION: string;

/*
 * The command `stint`. SDKs call `stint credentials` all the time, so that one is answered right
 * here; everything else goes through commander, which is loaded only then.
 */

async function main(shell: Shell, given: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.success;
  const endWith = (code: number) => {
    if (exitCode === exitCodes.success) exitCode = code;
  };
  try {
    refuseSecretsIn(given);
    const location = ownerLocation(shell.env);
    const { verbose, argv } = takeVerbose(given);
    const plain = socketTransport(() => location.socket());
    const { transport, flush } = verbose
      ? createVerbose(shell, location.home, plain)
      : { transport: plain, flush: () => undefined };
    const owner = createOwnerClient(shell, location, transport);
    const context = { shell, location, owner, version: STINT_VERSION, endWith };
    await run(context, argv).finally(flush);
  } catch (error) {
    say(shell, `stint: ${errorText(error)}`);
    if (shell.env['STINT_DEBUG'] && error instanceof Error) say(shell, error.stack ?? '');
    endWith(exitCodeOf(error));
  }
  return exitCode;
}

async function run(context: Context, argv: readonly string[]): Promise<void> {
  const [command, name, ...rest] = argv;
  if (command === '--version' && name === undefined) {
    print(context.shell, context.version);
  } else if (
    command === 'credentials' &&
    name !== undefined &&
    /^[^-]/.test(name) &&
    !rest.length
  ) {
    await printCredentials(context, name);
  } else {
    const { runProgram } = await import('./program.ts');
    await runProgram(argv, context);
  }
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
