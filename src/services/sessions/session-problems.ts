import type { EndReason } from '../../models/lifecycle.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { PromptCancelled } from '../prompts/prompt-service.ts';

/** Said where the cause is a bug of ours: the log has the details. */
export const internalError = 'Internal error. See the log for details.';

/** How a start or rotation that threw `error` ends, and in which words. */
export function failureOf(error: unknown, signal: AbortSignal): readonly [EndReason, string] {
  if (signal.aborted) return ['cancelled', (signal.reason as Error).message];
  if (error instanceof PromptCancelled) return ['cancelled', 'The question was cancelled.'];
  return ['failed', failureText(error)];
}

/** Why something failed, in words for people. */
export function failureText(error: unknown): string {
  return error instanceof Problem ? error.details.detail : internalError;
}

/** What a person can do about it; undefined if that is not known. */
export function nextStep(error: unknown): string | undefined {
  return error instanceof Problem ? error.details.next : undefined;
}

/** Problem 'session-ended' for work that was cancelled. `message`: why. */
export function cancelled({ sessionId, sessionName }: Session, message: string): Problem {
  return new Problem('session-ended', {
    detail: `Session ${sessionName}: ${message}`,
    next: `Start it again: stint start ${sessionId}`,
    sessionId,
  });
}

/** Problem 'person-needed' for an unattended start that has to ask something. */
export function personNeeded({ sessionId, sessionName }: Session): Problem {
  return new Problem('person-needed', {
    detail: `Session ${sessionName} needs a person to answer its questions.`,
    next: `Start it in a terminal or in the window: stint start ${sessionId}`,
    sessionId,
  });
}

/**
 * Throws Problem 'session-archived' for a session whose validity has ended at `now`, also where the
 * scheduler has not archived it yet. `now`: milliseconds since the epoch.
 */
export function refuseArchived(session: Session, now: number): void {
  if (!isArchived(session, now)) return;
  const { archivedAt, validUntil, sessionId, sessionName } = session;
  throw new Problem('session-archived', {
    detail: `Session ${sessionName} was valid until ${validUntil ?? archivedAt ?? ''}.`,
    next: `Bring it back: stint session restore ${sessionId}`,
    sessionId,
  });
}

/** Throws Problem 'revision-stale' for a change that is not based on the current revision. */
export function refuseStale(session: Session, expectedRevision: number | undefined): Session {
  if (expectedRevision === undefined || expectedRevision === session.revision) return session;
  throw revisionStale(session);
}

/** Problem 'revision-stale'. */
export function revisionStale({ sessionId, sessionName, revision }: Session): Problem {
  return new Problem('revision-stale', {
    detail: `Someone else changed session ${sessionName}: it is now at revision ${revision}.`,
    next: 'Read it again and repeat the change.',
    sessionId,
  });
}

/** Whether its validity has ended; the scheduler archives it a moment later. `now`: milliseconds. */
export function isArchived(
  { archivedAt, validUntil }: Pick<Session, 'archivedAt' | 'validUntil'>,
  now: number,
): boolean {
  return archivedAt !== undefined || (validUntil !== undefined && Date.parse(validUntil) <= now);
}
