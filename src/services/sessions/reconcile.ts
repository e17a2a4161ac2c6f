import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { Leftover } from '../delivery/delivery.ts';
import type { History } from '../history/history.ts';
import type { RunCredentials } from './run-credentials.ts';
import type { DeliveryRouter } from '../delivery/router.ts';
import type { SessionRepository } from './session-repository.ts';
import { effective } from './session-record.ts';
import type { SessionRunner } from './session-runner.ts';

export interface ReconciliationParts {
  readonly repository: SessionRepository;
  readonly runner: SessionRunner;
  readonly delivery: DeliveryRouter;
  readonly credentials: RunCredentials;
  readonly history: History;
  readonly clock: Clock;
}

/** Brings the recorded state and the real one together: after a crash, and from time to time. */
export class Reconciliation {
  readonly #parts: ReconciliationParts;

  constructor(parts: ReconciliationParts) {
    this.#parts = parts;
  }

  /**
   * After a crash, a restart or an unlock: runs that can go on do, others end as `crashed`, and
   * whatever an ended run left behind is taken away.
   */
  async reconcile(): Promise<readonly Leftover[]> {
    const { repository, runner, delivery, credentials } = this.#parts;
    await repository.flush();
    for (const session of repository.all()) {
      if (session.status !== 'inactive' && !runner.isStarting(session.sessionId)) {
        await this.#resume(session);
      }
    }
    const running = new Set(
      repository
        .all()
        .flatMap(({ status, sessionId }) => (status === 'inactive' ? [] : [sessionId])),
    );
    await unlessLocked(() => credentials.keepOnly(running));
    return await delivery.sweep((sessionId) => running.has(sessionId));
  }

  /** Puts back what another program took away from an active session's delivery. */
  async restore(sessionId: string): Promise<void> {
    const { repository, runner, credentials, delivery, history } = this.#parts;
    await runner.exclusively(sessionId, async () => {
      const session = effective(repository.get(sessionId));
      const issued = session.status === 'active' ? await credentials.get(sessionId) : undefined;
      if (issued === undefined) return;
      const restored = await delivery.withNameLock(session, () =>
        delivery.restore(session, issued.credentials),
      );
      if (!restored) return;
      const { sessionName, run } = session;
      history.append({
        kind: 'section-restored',
        sessionId,
        sessionName,
        ...(run === undefined ? {} : { runId: run.id }),
        message: 'Another program had removed or changed the section; it was put back.',
        by: 'stint',
      });
    });
  }

  async #resume({ sessionId, status }: Session): Promise<void> {
    const { repository, runner, credentials, clock } = this.#parts;
    if (status === 'pending') {
      await runner.end(
        sessionId,
        'crashed',
        'Stint ended while the session was starting.',
        'stint',
      );
      return;
    }
    await unlessLocked(async () => {
      const issued = await credentials.get(sessionId);
      const alive = issued !== undefined && Date.parse(issued.credentials.expiration) > clock.now();
      if (alive) {
        await this.restore(sessionId);
      } else if (!runner.unattended(effective(repository.get(sessionId)))) {
        const message = 'Its credentials expired while Stint was not running.';
        await runner.end(sessionId, 'crashed', message, 'stint');
      }
    });
  }
}

async function unlessLocked(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'vault-locked')) throw error;
  }
}
