import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { waitUntil } from '../prompts/wait-until.ts';
import { lookAtSession } from '../prompts/watch.ts';

/**
 * Answers at the terminal what a start asks, until the session is active. Throws CommandFailure
 * where it ends instead, or the person gives up, and Problem.
 */
export async function waitUntilActive(context: Context, sessionId: string): Promise<SessionView> {
  const session = await waitUntil(
    context,
    () => lookAtSession(context.owner, sessionId),
    ({ status }) => status !== 'pending',
  );
  if (session.status === 'active') return session;
  throw new CommandFailure(
    'failed',
    `${session.sessionName} did not start: ${session.lastEnd?.message ?? 'it ended.'}`,
  );
}
