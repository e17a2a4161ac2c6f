import type { EndReason } from '../../models/lifecycle.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { named, type RunContext } from './run-context.ts';
import { effective, publicView } from './session-record.ts';
import type { StopOutcome } from './start-outcome.ts';
import { ended } from './transitions.ts';

/** Why a run ends, in which words, and who asked for it. */
export interface RunEnd {
  readonly reason: EndReason;
  readonly message: string;
  /** What to do about a failure. */
  readonly next?: string | undefined;
  readonly by: string;
}

/**
 * Ends the run of a session and removes what it delivered. Where there is no run, what an earlier
 * end could not remove is tried again. Throws Problem 'not-found'.
 */
export async function endRun(
  context: RunContext,
  sessionId: string,
  end: RunEnd,
): Promise<StopOutcome> {
  const { delivery, credentials, history, log } = context;
  const session = effective(context.repository.get(sessionId));
  // The end is written first: if this process dies before the section is removed, the next owner
  // removes it, while the other order would leave a stopped session active.
  const { after, isOurs } = await writeEnd(context, sessionId, end);
  const leftovers = await delivery.withNameLock(session, () => delivery.remove(session));
  await credentials.drop(sessionId);
  const { reason, message, by } = end;
  const historyWritten =
    !isOurs || history.append({ kind: 'session-stopped', ...named(session), reason, message, by });
  if (isOurs) log.info('session.end', { sessionId, reason });
  return {
    session: publicView(after),
    ...(session.credentialsExpireAt === undefined
      ? {}
      : { issuedUntil: session.credentialsExpireAt }),
    leftovers,
    historyWritten,
  };
}

/**
 * Ends the run of a session whose place `by` has taken: its section is already replaced. A session
 * that ended or was removed meanwhile is left alone.
 */
export async function supersede(
  context: RunContext,
  sessionId: string,
  by: Session,
  principal: string,
): Promise<void> {
  const { repository, credentials, history } = context;
  const session = repository.find(sessionId);
  if (session === undefined) return;
  const message = `Session ${by.sessionName} was started on the same profile.`;
  const end: RunEnd = { reason: 'superseded', message, by: principal };
  const written = await writeEnd(context, sessionId, end).catch(unlessRemoved);
  if (written?.isOurs !== true) return;
  await credentials.drop(sessionId);
  history.append({ kind: 'session-stopped', ...named(session), ...end });
}

/** `isOurs`: this call ended the run, not another one that came first. */
async function writeEnd(
  { repository, clock }: RunContext,
  sessionId: string,
  { reason, message, next }: RunEnd,
): Promise<{ readonly after: Session; readonly isOurs: boolean }> {
  let isOurs = false;
  const after = await repository.endRun(sessionId, (now) => {
    if (now.status === 'inactive') return now;
    isOurs = true;
    return ended(now, { reason, message, next }, clock.now());
  });
  return { after, isOurs };
}

function unlessRemoved(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'not-found') return undefined;
  throw error;
}
