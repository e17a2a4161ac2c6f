import { idleEnd } from '../../src/services/leases/lease-limits.ts';
import { Scheduler } from '../../src/services/rotation/scheduler.ts';
import { Reconciliation } from '../../src/services/sessions/reconcile.ts';
import { newSession } from '../../src/services/sessions/session-record.ts';
import { runsInMemory } from './runs-in-memory.ts';
import { fieldsOfEveryType } from './sessions.ts';

/**
 * `runsInMemory` with the scheduler, which is not started yet, in a network that a test can change.
 * `measured`: by how many milliseconds the clock of every service was ahead when it was asked last.
 */
export function scheduledRuns({ measured }: { readonly measured?: number } = {}) {
  const runs = runsInMemory();
  const visits: string[] = [];
  const uses = new Map<string, number>();
  const location = { network: 'office' };
  const reconciliation = new Reconciliation(runs);
  const scheduler = new Scheduler({
    ...runs,
    network: () => location.network,
    ...(measured === undefined ? {} : { timeOf: () => ({ measured }) }),
    reconciliation,
    keyRotations: { resume: () => Promise.resolve() },
    purge: () => Promise.resolve(),
    leases: {
      idleEnd: (session) => {
        visits.push(session.sessionId);
        return idleEnd(session, uses.get(session.sessionId));
      },
      sweep: () => Promise.resolve(),
    },
  });
  /** Sessions that a sync brings, all in one write. */
  const sync = (count: number) =>
    runs.repository.add((sessions) => ({
      add: Array.from({ length: count }, () =>
        newSession(fieldsOfEveryType.awsSsoRole, { sessions, now: runs.clock.now() }),
      ),
    }));
  const start = async (sessionName: string, fields: object = {}) => {
    const { sessionId } = await runs.put({ sessionName, ...fields });
    await runs.runner.start(sessionId, { by: 'anna' });
    return sessionId;
  };
  /** Something asks for the credentials of a session. */
  const use = (sessionId: string) => uses.set(sessionId, runs.elapsed.now());
  return { ...runs, scheduler, reconciliation, visits, location, sync, start, use };
}
