import { Problem } from '../models/problem.ts';
import { answerAtTerminal } from './answer-prompt.ts';
import type { Context } from './context.ts';
import type { PromptView, SessionView } from './owner.ts';
import { SessionWatch } from './session-watch.ts';
import { say } from './shell.ts';

/**
 * Answers at the terminal whatever a session asks, until it stands as wanted. `patience`: how long
 * that may take once nothing more is asked, in milliseconds. Throws CommandFailure when the person
 * gives up, Problem, and a TimeoutError.
 */
export async function seeThrough(
  context: Context,
  sessionId: string,
  isSettled: (session: SessionView) => boolean,
  patience?: number,
): Promise<SessionView> {
  const watch = new SessionWatch(context.owner, sessionId);
  try {
    for (;;) {
      const { session, prompts } = await watch.until(
        (standing) => standing.prompts.length > 0 || isSettled(standing.session),
        patience === undefined ? undefined : AbortSignal.timeout(patience),
      );
      const [prompt] = prompts;
      if (prompt === undefined) return session;
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
async function answerWhileOpen(
  { shell, owner }: Context,
  watch: SessionWatch,
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
    const gone = error instanceof Problem && error.code === 'not-found';
    if (!gone && !(error instanceof AnsweredElsewhere)) throw error;
    say(shell, 'The question was settled elsewhere.');
  } finally {
    answered.abort();
  }
}
