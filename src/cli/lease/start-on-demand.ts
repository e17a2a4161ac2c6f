import { CommandFailure } from '../failure.ts';
import type { OwnerClient } from '../owner/owner-client.ts';

/**
 * Starts a session because a program asks for its credentials. Throws CommandFailure 'personNeeded'
 * if the start waits for an answer, and Problem.
 */
export async function startOnDemand(owner: OwnerClient, sessionId: string): Promise<void> {
  const answer = await owner.request('POST', '/v1/sessions/{id}/start', {
    path: { id: sessionId },
    body: { unattended: true },
  });
  if (!('prompts' in answer) || answer.prompts.length === 0) return;
  throw new CommandFailure(
    'personNeeded',
    `Session ${answer.session.sessionName} is waiting for you.`,
    `Start it: stint start ${sessionId}`,
  );
}
