import { CommandFailure } from '../failure.ts';
import { ask } from './ask.ts';
import { isInteractive, type Shell } from './shell.ts';

/** Asks for a yes at a terminal. Throws CommandFailure for any other answer. */
export async function confirmRemoval(shell: Shell, question: string, yes?: boolean): Promise<void> {
  if (yes === true || !isInteractive(shell)) return;
  const answer = await ask(shell, `${question} [y/N]`);
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new CommandFailure('failed', 'Nothing was removed.');
  }
}
