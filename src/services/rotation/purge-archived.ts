import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { SessionService } from '../session-service.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import { dependents } from '../sessions/session-rules.ts';

export interface PurgeParts {
  readonly repository: Pick<SessionRepository, 'all'>;
  readonly sessions: Pick<SessionService, 'remove'>;
  readonly elapsed: Clock;
  readonly settings: () => Pick<Settings, 'archivedDays'>;
}

const day = 86_400_000;

/**
 * Removes the sessions, with their secrets, that have been archived for as many days as the setting says;
 * none without it. One that a session depends on which is kept stays as well. Throws Problem 'vault-locked',
 * 'file-unwritable'.
 */
export async function purgeArchived(parts: PurgeParts): Promise<void> {
  const { repository, sessions, elapsed, settings } = parts;
  const { archivedDays } = settings();
  if (archivedDays === undefined) return;
  const all = repository.all();
  // Secrets that are gone stay gone: a clock that somebody sets ahead removes nothing.
  const now = Math.min(elapsed.now(), elapsed.now() - (elapsed.offset ?? 0));
  const due = new Set(all.filter((session) => isDue(session, now - archivedDays * day)));
  for (const session of due) {
    const { sessionId, revision } = session;
    if (dependents(sessionId, all).some((one) => !due.has(one))) continue;
    const days = archivedDays === 1 ? 'a day' : `${archivedDays} days`;
    try {
      await sessions.remove(sessionId, {
        expectedRevision: revision,
        by: 'stint',
        message: `It was archived for ${days}, as long as the setting archived-days says.`,
      });
    } catch (error) {
      // Somebody restored or removed it meanwhile.
      if (!(error instanceof Problem)) throw error;
      if (!['revision-stale', 'not-found'].includes(error.code)) throw error;
    }
  }
}

/** Whether it was archived before the instant, in milliseconds since the epoch. */
function isDue({ archivedAt, status }: Session, before: number): boolean {
  return status === 'inactive' && archivedAt !== undefined && Date.parse(archivedAt) <= before;
}
