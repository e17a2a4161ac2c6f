import { CommandFailure } from '../failure.ts';
import type { OwnerClient } from '../owner/owner-client.ts';

/**
 * Starts a session because a program asks for its credentials. Throws CommandFailure 'personNeeded'
 * where somebody has to answer after all, and Problem.
 */
export async function startOnDemand(owner: OwnerClient, sessionId: string): Promise<void> {
  const answer = await owner.request('POST', '/v1/sessions/{id}/start', {
    path: { id: sessionId },
    body: { unattended: true },
  });
  if (!('prompts' in answer) || answer.prompts.length === 0) return;
  throw new CommandFailure(
    'personNeeded',
    `Session ${answer.session.sessionName} waits for a person.`,
    `Answer it: stint start ${sessionId}`,
  );
}
