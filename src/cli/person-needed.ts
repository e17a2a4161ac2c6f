import type { Context } from './context.ts';
import { exitCodes } from './failure.ts';
import type { PromptView } from './owner.ts';
import { printable } from './printable.ts';
import { say } from './shell.ts';

/** Nobody is at the terminal: says what waits for a person and how to answer it. */
export function leaveToAPerson(context: Context, prompts: readonly PromptView[]): void {
  for (const { promptId, text } of prompts) {
    say(context.shell, `It waits for a person: ${printable(text)}`);
    say(context.shell, `Answer it: stint prompt answer ${promptId}`);
  }
  context.endWith(exitCodes.personNeeded);
}
