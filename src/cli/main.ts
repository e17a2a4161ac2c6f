import { printCredentials } from './commands/credentials.ts';
import type { Context } from './context.ts';
import { exitCodeOf, exitCodes, explain } from './failure.ts';
import { createOwnerClient } from './owner/owner-client.ts';
import { ownerLocation } from './owner/owner-location.ts';
import { refuseSecretsIn } from './arguments/refused-flags.ts';
import { print, processShell, say, type Shell } from './terminal/shell.ts';

declare const STINT_VERSION: string;

/*
 * The command `stint`: what SDKs call at every turn is found here at once; everything else goes
 * through the commander, which is loaded only then.
 */

async function main(shell: Shell, argv: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const endWith = (code: number) => {
    if (exitCode === exitCodes.done) exitCode = code;
  };
  try {
    refuseSecretsIn(argv);
    const place = ownerLocation(shell.env);
    const owner = createOwnerClient(shell, place);
    await run({ shell, place, owner, version: STINT_VERSION, endWith }, argv);
  } catch (error) {
    say(shell, `stint: ${explain(error)}`);
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

/** A reader that has seen enough, such as `head`, is no failure. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
void main(processShell(), process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
