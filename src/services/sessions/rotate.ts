import { Problem } from '../../models/problem.ts';
import { awaitsRenewal, isUnderWay } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import { providerFor } from '../providers/providers.ts';
import { momentOf } from '../clock/moment.ts';
import { serviceTime } from './run-clock.ts';
import { answerTime, named, questionsAbout, type RunContext } from './run-context.ts';
import { cancelled, failureOf } from './session-problems.ts';
import { effective } from './session-record.ts';
import { rotated } from './transitions.ts';

/**
 * Replaces the credentials of a run by fresh ones, also where they have expired. A failure leaves the old ones in place
 * and is thrown: see the provider and the delivery, and Problem 'session-not-active',
 * 'vault-locked', 'session-ended'.
 */
export async function rotateRun(
  context: RunContext,
  sessionId: string,
  by: string,
  signal: AbortSignal,
  mayReplaceSection = false,
): Promise<Session> {
  const { repository, delivery, elapsed, requireVault } = context;
  const session = effective(repository.get(sessionId));
  if (!isUnderWay(session)) throw notRotatable(session);
  requireVault();
  const now = elapsed.now();
  const deadline = awaitsRenewal(session)
    ? now + answerTime
    : (expiryOf(session, now) ?? now + answerTime);
  const issued = await providerFor(context.providers, session)
    .obtain({
      session,
      fresh: true,
      signal,
      deadline,
      ...questionsAbout(context, session, deadline, signal),
    })
    .catch((error: unknown) => {
      const [reason, message] = failureOf(error, signal);
      throw reason === 'cancelled' ? cancelled(session, message) : error;
    });
  return await delivery.withNameLock(session, async () => {
    const current = repository.get(sessionId);
    if (signal.aborted || !isUnderWay(current) || current.run?.id !== session.run?.id) {
      throw cancelled(session, 'The session ended while it was being rotated.');
    }
    await context.credentials.keep(sessionId, issued);
    // The section of an expired run is gone, and the user's own may be back.
    const replaceSection =
      awaitsRenewal(current) && (mayReplaceSection || session.run?.replacesSection === true);
    const options = { replaceSection, supersedes: [] };
    await delivery.write(session, issued.credentials, options);
    const renewed = await repository.changeRun(sessionId, (before) =>
      rotated(before, issued, momentOf(context)),
    );
    context.history.append({ kind: 'session-rotated', ...named(renewed), by });
    return renewed;
  });
}

/** When the credentials expire, in milliseconds of elapsed time. */
function expiryOf(session: Session, now: number): number | undefined {
  const { credentialsExpireAt } = session;
  if (credentialsExpireAt === undefined) return undefined;
  return Date.parse(credentialsExpireAt) - (serviceTime(session, now) - now);
}

function notRotatable({ sessionId, sessionName, status }: Session): Problem {
  return new Problem('session-not-active', {
    detail: `Session ${sessionName} is ${status}, so it has no credentials to rotate.`,
    next: `Start it: stint start ${sessionId}`,
    sessionId,
  });
}
