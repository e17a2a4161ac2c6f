import { Problem } from '../../models/problem.ts';
import type { Leftover } from '../delivery/delivery.ts';
import type { Log } from '../log/log.ts';
import type { SessionRepository } from './session-repository.ts';
import type { SessionRunner } from './session-runner.ts';

/**
 * Ends every run with the reason `locked`, side by side. A run that cannot be ended is logged and
 * continues. Resolves with what was stopped and what could not be removed.
 */
export async function stopForLock(
  parts: {
    readonly repository: SessionRepository;
    readonly runner: SessionRunner;
    readonly log: Pick<Log, 'error'>;
  },
  end: { readonly by: string; readonly message: string },
) {
  const { repository, runner, log } = parts;
  const running = repository.all().filter(({ status }) => status !== 'inactive');
  const ended = await Promise.all(
    running.map(async ({ sessionId, sessionName }) => {
      try {
        const { leftovers } = await runner.end(sessionId, { reason: 'locked', ...end });
        return [{ sessionId, sessionName, leftovers }];
      } catch (error) {
        // Removing a session ends it as well.
        if (!(error instanceof Problem && error.code === 'not-found')) {
          log.error('lock.session-not-ended', { sessionId, error });
        }
        return [];
      }
    }),
  );
  const stopped = ended.flat();
  const leftovers: readonly Leftover[] = stopped.flatMap((one) => one.leftovers);
  return {
    stopped: stopped.map(({ sessionId, sessionName }) => ({ sessionId, sessionName })),
    leftovers,
  };
}
