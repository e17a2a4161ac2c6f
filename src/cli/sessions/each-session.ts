import type { Context } from '../context.ts';
import { errorText, exitCodeOf } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { printable } from '../../models/printable.ts';
import { printJson, say } from '../terminal/shell.ts';

/**
 * Sends one request per session at the same time, then handles the answers in order. A failure does
 * not keep the other sessions from their turn; the first one decides the exit code. With `json`, prints
 * an array of what the API answered, also for one session.
 */
export async function eachSession<Answer>(
  context: Context,
  sessions: readonly SessionView[],
  work: {
    readonly request: (session: SessionView) => Promise<Answer>;
    /** Returns what to print as JSON. */
    readonly handle: (answer: Answer, session: SessionView) => Promise<unknown>;
    readonly json: boolean | undefined;
  },
): Promise<void> {
  const { shell } = context;
  const answers = await Promise.allSettled(sessions.map(work.request));
  const handled: unknown[] = [];
  for (const [index, session] of sessions.entries()) {
    try {
      const answer = answers[index] as PromiseSettledResult<Answer>;
      if (answer.status === 'rejected') throw answer.reason;
      handled.push(await work.handle(answer.value, session));
    } catch (error) {
      const about = sessions.length === 1 ? '' : `${printable(session.sessionName)}: `;
      say(shell, `stint: ${about}${errorText(error)}`);
      context.endWith(exitCodeOf(error));
    }
  }
  if (work.json === true) printJson(shell, handled);
}
