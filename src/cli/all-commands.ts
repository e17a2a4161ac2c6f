import { runProgram } from './program.ts';
import { runCommand } from './run-command.ts';
import { endWithReader } from './terminal/ended-reader.ts';
import { processShell } from './terminal/shell.ts';

/** Every command, where main.ts does not answer it at once. Resolves with the exit code. */
export async function runAnyCommand(
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
): Promise<number> {
  endWithReader();
  return await runCommand({ ...processShell(), env: { ...env } }, argv, runProgram);
}
