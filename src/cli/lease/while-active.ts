import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import { callerScreen } from '../environment/caller-screen.ts';
import { CommandFailure } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { startContinues } from '../sessions/what-continues.ts';
import { waitUntilActive } from '../sessions/wait-until-active.ts';

/** A session can end right after it was found active. So often in a row is not a coincidence. */
const tries = 3;

/**
 * Asks for something that needs the session to be active. With `mayStart` it starts the session where
 * it is not, which then stops with its last lease. Resolves with undefined if the start waits for an
 * answer and there is no terminal; the questions are reported by then. Throws CommandFailure, Problem.
 */
export async function whileActive<T>(
  context: Context,
  session: SessionView,
  { mayStart, replaceSection }: { readonly mayStart: boolean; readonly replaceSection: boolean },
  ask: () => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const isInactive = error instanceof Problem && error.code === 'session-not-active';
      if (!isInactive || attempt === tries) throw error;
      if (!mayStart) throw notStarted(session);
      context.continues(startContinues([session]));
      if (!(await started(context, session.sessionId, replaceSection))) return undefined;
    }
  }
}

/** False if the start waits for an answer and there is no terminal. Findings do not matter here. */
async function started(
  context: Context,
  sessionId: string,
  replaceSection: boolean,
): Promise<boolean> {
  const screen = callerScreen(context.shell.env);
  const answer = await context.owner.request('POST', '/v1/sessions/{id}/start', {
    path: { id: sessionId },
    body: {
      untilLastLease: true,
      ...(replaceSection ? { replaceSection } : {}),
      ...(screen === undefined ? {} : { screen }),
    },
  });
  if (!('prompts' in answer) || answer.prompts.length === 0) return true;
  return (await waitUntilActive(context, sessionId)) !== undefined;
}

function notStarted({ sessionName, sessionId }: SessionView): CommandFailure {
  return new CommandFailure(
    'failed',
    `Session ${sessionName} is not active, and --no-start forbids to start it.`,
    `Start it: stint start ${sessionId}`,
  );
}
