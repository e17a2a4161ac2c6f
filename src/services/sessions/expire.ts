import { awaitsRenewal } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import { momentOf } from '../clock/moment.ts';
import { named, type RunContext } from './run-context.ts';
import { effective } from './session-record.ts';
import { expired } from './transitions.ts';

/**
 * Takes expired credentials away: what the session delivered is removed, and it is pending until it is
 * renewed or ends. A renewal that is under way continues. Called again, it tries to remove what was
 * left. A session that ended or was renewed meanwhile is left alone.
 */
export async function expireRun(context: RunContext, sessionId: string): Promise<void> {
  const { repository, delivery, credentials } = context;
  const stored = repository.find(sessionId);
  if (stored === undefined) return;
  const session = effective(stored);
  const isSame = () => {
    const now = repository.find(sessionId);
    return now !== undefined && awaitsRenewal(now) && now.run?.id === session.run?.id;
  };
  await delivery.withNameLock(session, async () => {
    if (stored.status === 'active') {
      let isOurs = false as boolean;
      // Counts also where it cannot be written now, as an end does.
      await repository.endRun(sessionId, (now) => {
        const isCurrent =
          now.status === 'active' &&
          now.run?.id === session.run?.id &&
          now.credentialsExpireAt === session.credentialsExpireAt;
        if (!isCurrent) return now;
        isOurs = true;
        return expired(now, momentOf(context));
      });
      // Before the removal, which can fail and is then tried again without another entry.
      if (isOurs) record(context, session);
    }
    if (!isSame()) return;
    await delivery.remove(session);
    await credentials.drop(sessionId);
  });
}

function record({ history, log }: RunContext, session: Session): void {
  log.warn('session.credentials-expired', { sessionId: session.sessionId });
  const message = 'Its credentials expired before they could be renewed. Stint keeps trying.';
  history.append({ kind: 'credentials-expired', ...named(session), message, by: 'stint' });
}
