import { Problem } from '../../models/problem.ts';
import { answerAtTerminal, isSettledElsewhere } from './answer-prompt.ts';
import type { Context } from '../context.ts';
import type { PromptView } from '../owner/owner-client.ts';
import { say } from '../terminal/shell.ts';
import { Watch, type Standing } from './watch.ts';

/**
 * Answers at the terminal whatever is asked, until what is looked at stands as wanted. `patience`: how long
 * that may take once nothing more is asked, in milliseconds. Throws CommandFailure when the person
 * gives up, Problem, and a TimeoutError.
 */
export async function waitUntil<T>(
  context: Context,
  look: () => Promise<Standing<T>>,
  isSettled: (now: T) => boolean,
  patience?: number,
): Promise<T> {
  const watch = new Watch(context.owner, look);
  try {
    for (;;) {
      const { now, prompts } = await watch.until(
        (standing) => standing.prompts.length > 0 || isSettled(standing.now),
        patience === undefined ? undefined : AbortSignal.timeout(patience),
      );
      const [prompt] = prompts;
      if (prompt === undefined) return now;
      await answerWhileOpen(context, watch, prompt);
    }
  } finally {
    watch.close();
  }
}

class AnsweredElsewhere extends Error {
  override readonly name = 'AnsweredElsewhere';
}

/** The first answer counts, wherever it is given: the window may be quicker than the terminal. */
async function answerWhileOpen<T>(
  { shell, owner }: Context,
  watch: Watch<T>,
  { promptId, ...prompt }: PromptView,
): Promise<void> {
  const [elsewhere, answered] = [new AbortController(), new AbortController()];
  void watch
    .until(({ prompts }) => prompts.every((open) => open.promptId !== promptId), answered.signal)
    .then(
      () => elsewhere.abort(new AnsweredElsewhere()),
      () => undefined,
    );
  try {
    await answerAtTerminal(shell, owner, { promptId, ...prompt }, elsewhere.signal);
  } catch (error) {
    const gone = error instanceof Problem && error.code === 'prompt-closed';
    if (!gone && !(error instanceof AnsweredElsewhere)) throw error;
    if (!isSettledElsewhere(prompt.kind)) say(shell, 'The question was settled elsewhere.');
  } finally {
    answered.abort();
  }
}
