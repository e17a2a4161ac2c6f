import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import type { PromptView } from '../owner/owner-client.ts';
import { printable } from '../../models/printable.ts';
import { say } from '../terminal/shell.ts';
import { isAnsweredInBrowser, showAddress } from './answer-prompt.ts';

/** Nobody is at the terminal: names each open question and how to answer it. */
export function reportPrompts(context: Context, prompts: readonly PromptView[]): void {
  const { shell } = context;
  for (const prompt of prompts) {
    say(shell, `Waiting for you: ${printable(prompt.text)}`);
    showAddress(shell, prompt);
    say(
      shell,
      isAnsweredInBrowser(prompt.kind)
        ? 'Stint continues by itself after the sign-in.'
        : `Answer: stint prompt answer ${prompt.promptId}`,
    );
  }
  context.endWith(exitCodes.personNeeded);
}
