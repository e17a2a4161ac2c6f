import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { Leftover } from '../delivery/delivery.ts';
import { named, type RunContext } from './run-context.ts';
import type { RunEnd } from './end.ts';
import { effective } from './session-record.ts';
import type { SessionRunner } from './session-runner.ts';

type Parts = Pick<RunContext, 'repository' | 'delivery' | 'credentials' | 'history' | 'clock'> & {
  readonly runner: SessionRunner;
};

/** Brings what is written down and what is delivered back together. */
export class Reconciliation {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * After a crash, a restart or an unlock: runs that can continue do, others end as `crashed`, and
   * what ended runs left behind is removed. Sessions may start meanwhile: whether one runs is asked
   * at the moment it matters.
   */
  async reconcile(): Promise<readonly Leftover[]> {
    const { repository, runner, delivery, credentials } = this.#parts;
    await repository.flush();
    for (const session of repository.all()) {
      if (session.status !== 'inactive' && !runner.isStarting(session.sessionId)) {
        await this.#resume(session);
      }
    }
    const isRunning = (sessionId: string) => {
      const status = repository.find(sessionId)?.status;
      return status !== undefined && status !== 'inactive';
    };
    await unlessLocked(() => credentials.keepOnly(isRunning));
    return await delivery.sweep(isRunning);
  }

  /** Writes again what another program removed from the delivery of an active session. */
  async restore(sessionId: string): Promise<void> {
    const { repository, runner, credentials, delivery, history } = this.#parts;
    await runner.exclusively(sessionId, async () => {
      const stored = repository.find(sessionId);
      if (stored?.status !== 'active') return;
      const session = effective(stored);
      const issued = await credentials.get(sessionId);
      if (issued === undefined) return;
      const restored = await delivery.withNameLock(session, async () =>
        // Another session may have taken its place while this one waited for the name.
        repository.find(sessionId)?.status === 'active'
          ? await delivery.restore(session, issued.credentials)
          : false,
      );
      if (!restored) return;
      const message = 'Another program removed or changed the section. Stint restored it.';
      history.append({ kind: 'section-restored', ...named(session), message, by: 'stint' });
    });
  }

  async #resume({ sessionId, status, run }: Session): Promise<void> {
    const { repository, runner, credentials, clock } = this.#parts;
    if (status === 'pending') {
      const message = 'Stint ended while the session was starting.';
      await runner.endRun(sessionId, run?.id, crashed(message));
      return;
    }
    await unlessLocked(async () => {
      const issued = await credentials.get(sessionId);
      const isAlive =
        issued !== undefined && Date.parse(issued.credentials.expiration) > clock.now();
      if (isAlive) {
        await this.restore(sessionId);
        return;
      }
      const current = repository.find(sessionId);
      if (current === undefined || runner.unattended(effective(current))) return;
      const message = 'Its credentials expired while Stint was not running.';
      await runner.endRun(sessionId, run?.id, crashed(message));
    });
  }
}

function crashed(message: string): RunEnd {
  return { reason: 'crashed', message, by: 'stint' };
}

async function unlessLocked(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'vault-locked')) throw error;
  }
}
