import { refuseSecretsIn } from './arguments/refused-flags.ts';
import { takeVerbose } from './arguments/take-verbose.ts';
import type { Context } from './context.ts';
import { errorText, exitCodeOf, exitCodes } from './failure.ts';
import { followInterruption } from './interruption.ts';
import { createOwnerClient } from './owner/owner-client.ts';
import { ownerLocation } from '../client/node/owner-location.ts';
import { socketTransport } from '../client/node/socket-transport.ts';
import { say, type Shell } from './terminal/shell.ts';

declare const STINT_VERSION: string;

/** Runs a command, reports what it throws, and resolves with the exit code. */
export async function runCommand(
  shell: Shell,
  given: readonly string[],
  run: (argv: readonly string[], context: Context) => Promise<void>,
): Promise<number> {
  let exitCode: number = exitCodes.success;
  const endWith = (code: number) => {
    if (exitCode === exitCodes.success) exitCode = code;
  };
  const interruption = followInterruption(shell);
  try {
    refuseSecretsIn(given);
    const location = ownerLocation(shell.env);
    const { verbose, argv } = takeVerbose(given);
    const plain = socketTransport(() => location.socket());
    const { transport, flush } = verbose
      ? (await import('./owner/verbose.ts')).createVerbose(shell, location.home, plain)
      : { transport: plain, flush: () => undefined };
    const owner = createOwnerClient(shell, location, transport);
    const context = {
      shell,
      location,
      owner,
      version: STINT_VERSION,
      endWith,
      continues: interruption.continues,
    };
    await run(argv, context).finally(flush);
  } catch (error) {
    say(shell, `stint: ${errorText(error)}`);
    if (shell.env['STINT_DEBUG'] && error instanceof Error) say(shell, error.stack ?? '');
    endWith(exitCodeOf(error));
  } finally {
    interruption.unfollow();
  }
  return exitCode;
}
