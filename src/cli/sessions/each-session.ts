import type { Context } from '../context.ts';
import { exitCodeOf, explain } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { printable } from '../terminal/printable.ts';
import { printJson, say } from '../terminal/shell.ts';

/**
 * Asks the owner for all sessions side by side, then deals with the answers one by one, in order. A
 * failure keeps no other session from its turn; the first one is what the command ends with. With
 * `json` what the API answered is printed: an array, unless just one session was named.
 */
export async function eachSession<Answer>(
  context: Context,
  sessions: readonly SessionView[],
  work: {
    readonly ask: (session: SessionView) => Promise<Answer>;
    /** Returns what is to be printed. */
    readonly deal: (answer: Answer, session: SessionView) => Promise<unknown>;
    readonly json: boolean | undefined;
    readonly asArray?: boolean;
  },
): Promise<void> {
  const { shell } = context;
  const answers = await Promise.allSettled(sessions.map(work.ask));
  const dealt: unknown[] = [];
  for (const [index, session] of sessions.entries()) {
    try {
      const answer = answers[index] as PromiseSettledResult<Answer>;
      if (answer.status === 'rejected') throw answer.reason;
      dealt.push(await work.deal(answer.value, session));
    } catch (error) {
      const about = sessions.length === 1 ? '' : `${printable(session.sessionName)}: `;
      say(shell, `stint: ${about}${explain(error)}`);
      context.endWith(exitCodeOf(error));
    }
  }
  if (work.json !== true) return;
  if (sessions.length > 1 || work.asArray === true) printJson(shell, dealt);
  else if (dealt.length > 0) printJson(shell, dealt[0]);
}
