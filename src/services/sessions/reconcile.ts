import { awaitsRenewal } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import type { Leftover } from '../delivery/delivery.ts';
import { isClosedVault } from '../vault/vault-locked.ts';
import { named, type RunContext } from './run-context.ts';
import type { RunEnd } from './end.ts';
import { effective } from './session-record.ts';
import type { SessionRunner } from './session-runner.ts';

type Parts = Pick<
  RunContext,
  'repository' | 'delivery' | 'credentials' | 'history' | 'elapsed' | 'log'
> & {
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
    const { repository, runner, credentials } = this.#parts;
    await repository.flush();
    for (const session of repository.all()) {
      if (session.status !== 'inactive' && !runner.isStarting(session.sessionId)) {
        await this.#resume(session);
      }
    }
    await unlessLocked(() =>
      credentials.keepOnly((sessionId) => this.#running(sessionId) !== undefined),
    );
    return await this.sweep();
  }

  /**
   * Removes what ended runs, also of sessions that are no longer there, left behind, and expired
   * credentials. Those may be replaced by fresh ones meanwhile, so only `expire` removes them.
   */
  async sweep(): Promise<readonly Leftover[]> {
    const { delivery, repository, runner } = this.#parts;
    await delivery.sweep((sessionId) => {
      const session = this.#running(sessionId);
      return session !== undefined && delivery.usesFiles(effective(session));
    });
    for (const { sessionId } of repository.all().filter(awaitsRenewal)) {
      await runner.expire(sessionId);
    }
    return delivery.leftovers();
  }

  /** Whether something that the session delivered could not be removed. */
  leftOf(sessionId: string): boolean {
    return this.#parts.delivery.leftovers().some((left) => left.sessionId === sessionId);
  }

  /** Tries again to remove what ended runs left behind, if anything is left. */
  async removeLeftovers(): Promise<void> {
    const { delivery, log } = this.#parts;
    const before = delivery.leftovers();
    if (before.length === 0) return;
    const left = await this.sweep();
    if (left.length < before.length) log.info('leftovers.removed', { left: left.length });
  }

  /**
   * Moves what active sessions delivered to the files that the settings name now. A session that is
   * being rotated or stopped is left alone: that uses the new files already. Throws Problem as
   * `Delivery.write` does.
   */
  async moveDelivered(): Promise<void> {
    const { repository, runner } = this.#parts;
    for (const { sessionId, status } of repository.all()) {
      if (status !== 'active' || runner.isBusy(sessionId)) continue;
      await this.restore(sessionId, 'The settings name another file, so its section moved there.');
    }
  }

  /**
   * Writes again what another program removed from the delivery of an active session. `message`: for
   * the history.
   */
  async restore(
    sessionId: string,
    message = 'Another program removed or changed the section. Stint restored it.',
  ): Promise<void> {
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
      history.append({ kind: 'section-restored', ...named(session), message, by: 'stint' });
    });
  }

  #running(sessionId: string): Session | undefined {
    const session = this.#parts.repository.find(sessionId);
    return session?.status === 'inactive' ? undefined : session;
  }

  async #resume(session: Session): Promise<void> {
    const { repository, runner, credentials, elapsed } = this.#parts;
    const { sessionId, status, run } = session;
    // The scheduler renews or ends it.
    if (awaitsRenewal(session)) return;
    if (status === 'pending') {
      const message = 'Stint ended while the session was starting.';
      await runner.endRun(sessionId, run?.id, crashed(message));
      return;
    }
    await unlessLocked(async () => {
      const issued = await credentials.get(sessionId);
      const isAlive =
        issued !== undefined &&
        Date.parse(issued.credentials.expiration) > elapsed.now() + (issued.clockOffset ?? 0);
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
    if (!isClosedVault(error)) throw error;
  }
}
