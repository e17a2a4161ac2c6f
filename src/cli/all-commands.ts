import { runProgram } from './program.ts';
import { runCommand } from './run-command.ts';
import type { Shell } from './terminal/shell.ts';

/** Every command but the two that main.ts answers itself. Resolves with the exit code. */
export async function runAnyCommand(shell: Shell, argv: readonly string[]): Promise<number> {
  return await runCommand(shell, argv, runProgram);
}
