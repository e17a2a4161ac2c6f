import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { readSession } from '../prompts/subscription.ts';
import { waitUntil } from '../prompts/wait-until.ts';

/**
 * Asks at the terminal what a start needs, until the session is active. Undefined if nobody is at
 * the terminal to answer. Throws CommandFailure if the session ends instead or the person cancels, and
 * Problem.
 */
export async function waitUntilActive(
  context: Context,
  sessionId: string,
): Promise<SessionView | undefined> {
  const session = await waitUntil(
    context,
    () => readSession(context.owner, sessionId),
    ({ status }) => status !== 'pending',
  );
  if (session === undefined || session.status === 'active') return session;
  const reason = session.lastEnd?.message ?? 'it ended.';
  throw new CommandFailure('failed', `${session.sessionName} did not start: ${reason}`);
}
