import { isSettledElsewhere, showWhere } from './answer-prompt.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import type { PromptView } from '../owner/owner-client.ts';
import { printable } from '../terminal/printable.ts';
import { say } from '../terminal/shell.ts';

/** Nobody is at the terminal: says what waits for a person and how to answer it. */
export function reportPrompts(context: Context, prompts: readonly PromptView[]): void {
  for (const prompt of prompts) {
    say(context.shell, `It waits for a person: ${printable(prompt.text)}`);
    showWhere(context.shell, prompt);
    say(
      context.shell,
      isSettledElsewhere(prompt.kind)
        ? 'It goes on by itself after the sign-in.'
        : `Answer it: stint prompt answer ${prompt.promptId}`,
    );
  }
  context.endWith(exitCodes.personNeeded);
}
