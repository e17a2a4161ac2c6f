import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { providerFor } from '../providers/providers.ts';
import { askAbout, named, type RunContext } from './run-context.ts';
import { cancelled, failureOf } from './session-problems.ts';
import { effective } from './session-record.ts';
import { answerTime } from './start.ts';
import { rotated } from './transitions.ts';

/**
 * Replaces the credentials of an active run by fresh ones. A failure leaves the old ones in place
 * and is thrown: see the provider and the delivery, and Problem 'session-not-active',
 * 'vault-locked', 'session-ended'.
 */
export async function rotateRun(
  context: RunContext,
  sessionId: string,
  by: string,
  signal: AbortSignal,
): Promise<Session> {
  const { repository, delivery, clock, requireVault } = context;
  const session = effective(repository.get(sessionId));
  if (session.status !== 'active') throw notRotatable(session);
  requireVault();
  const deadline = Date.parse(session.credentialsExpireAt ?? '') || clock.now() + answerTime;
  const issued = await providerFor(context.providers, session)
    .obtain({
      session,
      fresh: true,
      signal,
      deadline,
      ask: askAbout(context, session, deadline, signal),
    })
    .catch((error: unknown) => {
      const [reason, message] = failureOf(error, signal);
      throw reason === 'cancelled' ? cancelled(session, message) : error;
    });
  return await delivery.withNameLock(session, async () => {
    const current = repository.get(sessionId);
    if (signal.aborted || current.status !== 'active' || current.run?.id !== session.run?.id) {
      throw cancelled(session, 'The session ended while it was being rotated.');
    }
    await context.credentials.keep(sessionId, issued);
    const options = { replaceSection: false, supersedes: [] };
    await delivery.write(session, issued.credentials, options);
    const renewed = await repository.changeRun(sessionId, (now) =>
      rotated(now, issued, clock.now()),
    );
    context.history.append({ kind: 'session-rotated', ...named(renewed), by });
    return renewed;
  });
}

function notRotatable({ sessionId, sessionName, status }: Session): Problem {
  return new Problem('session-not-active', {
    detail: `Session ${sessionName} is ${status}, so it has no credentials to rotate.`,
    next: `Start it: stint start ${sessionId}`,
    sessionId,
  });
}
