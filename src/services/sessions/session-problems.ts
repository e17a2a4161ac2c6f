import type { EndReason } from '../../models/lifecycle.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { PromptCancelled } from '../prompts/prompt-service.ts';
import type { CancelledError } from '../concurrency/keyed-mutex.ts';

/** As what a start or rotation that threw ends, and in which words. */
export function failureOf(error: unknown, signal: AbortSignal): readonly [EndReason, string] {
  if (signal.aborted) return ['cancelled', (signal.reason as CancelledError).message];
  if (error instanceof PromptCancelled) return ['cancelled', 'The question was cancelled.'];
  if (error instanceof Problem) return ['failed', error.details.detail];
  return ['failed', 'Stint made a mistake; its log says more.'];
}

/** What whoever asked for the work is told when it was called off. */
export function cancelled({ sessionId, sessionName }: Session, message: string): Problem {
  return new Problem('session-ended', {
    detail: `Session ${sessionName}: ${message}`,
    next: `Start it again: stint start ${sessionId}`,
    sessionId,
  });
}

/** What whoever starts a session with nobody there is told, where somebody would be asked. */
export function personNeeded({ sessionId, sessionName }: Session): Problem {
  return new Problem('person-needed', {
    detail: `Session ${sessionName} cannot start with nobody there to answer its questions.`,
    next: `Start it at a terminal or in the window: stint start ${sessionId}`,
    sessionId,
  });
}

/**
 * Throws Problem 'session-archived' for a session whose time is over at `now`, also where the
 * scheduler has not come to archive it yet. `now`: milliseconds since the epoch.
 */
export function refuseArchived(session: Session, now: number): void {
  const { archivedAt, validUntil, sessionId, sessionName } = session;
  const isOver = validUntil !== undefined && Date.parse(validUntil) <= now;
  if (archivedAt === undefined && !isOver) return;
  throw new Problem('session-archived', {
    detail: `Session ${sessionName} was valid until ${validUntil ?? archivedAt ?? ''}.`,
    next: `Give it a later end: stint session edit ${sessionId} --valid-until TIME`,
    sessionId,
  });
}
