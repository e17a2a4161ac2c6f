import { Problem } from '../models/problem.ts';
import { isUnderWay } from '../models/run-state.ts';
import type { Log } from '../services/log/log.ts';
import type { RunEnd } from '../services/sessions/end.ts';
import type { SessionRepository } from '../services/sessions/session-repository.ts';
import type { SessionRunner } from '../services/sessions/session-runner.ts';

interface Parts {
  readonly repository: SessionRepository;
  readonly runner: SessionRunner;
  readonly log: Log;
}

const end: RunEnd = { reason: 'shutdown', message: 'Stint is shutting down.', by: 'stint' };

/**
 * Ends the runs of an owner that is ending: all of them, or with `keep` those that are still
 * starting. Side by side; a run that cannot be ended is logged and left to the next owner.
 */
export async function endSessions(
  { repository, runner, log }: Parts,
  sessions: 'stop' | 'keep',
): Promise<void> {
  const concerned = repository.all().filter((session) => {
    if (isUnderWay(session)) return sessions === 'stop';
    // A start may have been asked for that the repository does not know yet.
    return session.status === 'pending' || runner.isStarting(session.sessionId);
  });
  await Promise.all(
    concerned.map(async ({ sessionId }) => {
      try {
        await runner.end(sessionId, end);
      } catch (error) {
        // Removing a session ends it as well.
        if (error instanceof Problem && error.code === 'not-found') return;
        log.error('owner.session-not-ended', { sessionId, error });
      }
    }),
  );
  await runner.idle();
}
