import { runProgram } from './program.ts';
import { runCommand } from './run-command.ts';
import { processShell } from './terminal/shell.ts';

/** Every command, where main.ts does not answer it at once. Resolves with the exit code. */
export async function runAnyCommand(
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
): Promise<number> {
  // A reader that stops early, such as `head`, is not a failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  return await runCommand({ ...processShell(), env: { ...env } }, argv, runProgram);
}
