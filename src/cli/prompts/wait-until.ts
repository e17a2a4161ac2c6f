import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import type { PromptView } from '../owner/owner-client.ts';
import { isInteractive, say, type Shell } from '../terminal/shell.ts';
import { answerAtTerminal, isAnsweredInBrowser } from './answer-prompt.ts';
import { reportPrompts } from './report-prompts.ts';
import { Subscription, type Snapshot } from './subscription.ts';

/**
 * Asks the person at the terminal every question that comes up, until `isDone`. `patience`: how long
 * that may take once no question is open, in milliseconds. Undefined if a question has to be answered
 * and nobody is at the terminal; it is reported by then. Throws CommandFailure when the person
 * cancels, Problem, and a TimeoutError.
 */
export async function waitUntil<T>(
  context: Context,
  read: () => Promise<Snapshot<T>>,
  isDone: (value: T) => boolean,
  patience?: number,
): Promise<T | undefined> {
  const subscription = new Subscription(context.owner, read);
  try {
    for (;;) {
      const { value, prompts } = await subscription.until(
        (snapshot) => snapshot.prompts.length > 0 || isDone(snapshot.value),
        patience === undefined ? undefined : AbortSignal.timeout(patience),
      );
      const [prompt] = prompts;
      if (prompt === undefined) return value;
      if (!isFollowed(context.shell, prompts)) {
        reportPrompts(context, prompts);
        return undefined;
      }
      await answerWhileOpen(context, subscription, prompt);
    }
  } finally {
    subscription.close();
  }
}

/** Whether to stay: a window that is open needs no terminal. */
function isFollowed(shell: Shell, prompts: readonly PromptView[]): boolean {
  return isInteractive(shell) || prompts.every(({ kind }) => kind === 'sign-in-window');
}

class AnsweredElsewhere extends Error {
  override readonly name = 'AnsweredElsewhere';
}

/** The first answer counts: somebody may answer in the window before the terminal does. */
async function answerWhileOpen<T>(
  { shell, owner }: Context,
  subscription: Subscription<T>,
  prompt: PromptView,
): Promise<void> {
  const [elsewhere, answered] = [new AbortController(), new AbortController()];
  const isClosed = ({ prompts }: Snapshot<T>) =>
    prompts.every(({ promptId }) => promptId !== prompt.promptId);
  void subscription.until(isClosed, answered.signal).then(
    () => elsewhere.abort(new AnsweredElsewhere()),
    () => undefined,
  );
  try {
    await answerAtTerminal(shell, owner, prompt, elsewhere.signal);
  } catch (error) {
    const isGone = error instanceof Problem && error.code === 'prompt-closed';
    if (!isGone && !(error instanceof AnsweredElsewhere)) throw error;
    if (!isAnsweredInBrowser(prompt.kind)) say(shell, 'The question was answered elsewhere.');
  } finally {
    answered.abort();
  }
}
