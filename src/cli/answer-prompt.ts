import { Problem } from '../models/problem.ts';
import { askUntilAnswered } from './ask.ts';
import { explain } from './failure.ts';
import type { Owner, PromptView } from './owner.ts';
import { printable } from './printable.ts';
import { say, type Shell } from './shell.ts';

/**
 * Puts a question to the person at the terminal until their answer is taken. Giving up there (see
 * `ask`) cancels the question, except that of the vault, which others may still answer. `signal`: it
 * was settled elsewhere. Throws CommandFailure, Problem and the signal's reason.
 */
export async function answerAtTerminal(
  shell: Shell,
  owner: Owner,
  prompt: PromptView,
  signal?: AbortSignal,
): Promise<void> {
  if (prompt.url !== undefined) say(shell, `Open ${printable(prompt.url)}`);
  if (prompt.code !== undefined) say(shell, `The code to enter there: ${printable(prompt.code)}`);
  for (;;) {
    const answer = await askUntilAnswered(shell, prompt.text, {
      hidden: prompt.kind === 'unlock',
      ...(signal === undefined ? {} : { signal }),
    }).catch(async (error: unknown) => {
      if (signal?.aborted !== true && prompt.kind !== 'unlock') {
        await settle(owner, prompt.promptId, { cancel: true });
      }
      throw error;
    });
    try {
      await settle(owner, prompt.promptId, { answer });
      return;
    } catch (error) {
      // A wrong passphrase leaves the question open.
      if (!(error instanceof Problem) || error.code !== 'vault-locked') throw error;
      say(shell, explain(error));
    }
  }
}

/** Answers a question, or gives up on it. Throws Problem. */
export async function settle(
  owner: Owner,
  promptId: string,
  answer: { readonly answer: string } | { readonly cancel: true },
): Promise<void> {
  // As it is: a wrong passphrase is told here, and does not make the owner ask once more.
  await owner.running.request('POST', '/v1/prompts/{id}', {
    path: { id: promptId },
    body: answer,
  });
}
