import { CommandFailure } from '../failure.ts';
import { ask } from './ask.ts';
import { isInteractive, say, type Shell } from './shell.ts';

/**
 * Names what depends on the thing to be removed, one line each, and asks for a yes at a terminal. Throws
 * CommandFailure for any other answer, and 'usage' if nobody can be asked and `yes` is not given; it says
 * `refused`.
 */
export async function confirmRemoval(
  shell: Shell,
  question: string,
  {
    yes,
    dependents = [],
    refused = 'Nothing was removed',
  }: {
    readonly yes?: boolean | undefined;
    readonly dependents?: readonly string[];
    readonly refused?: string;
  },
): Promise<void> {
  for (const line of dependents) say(shell, line);
  if (yes === true) return;
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', `${refused}: nobody can be asked.`, 'Add --yes.');
  }
  const answer = await ask(shell, `${question} [y/N]`);
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new CommandFailure('failed', `${refused}.`);
  }
}
