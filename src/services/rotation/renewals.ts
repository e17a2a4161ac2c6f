import { isUnderWay } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import { serviceTime } from '../sessions/run-clock.ts';
import { named } from '../sessions/run-context.ts';
import type { FailedRenewal } from './due.ts';
import { FailedRenewals } from './failed-renewals.ts';
import type { SchedulerParts } from './scheduler-parts.ts';

type Parts = Pick<
  SchedulerParts,
  'elapsed' | 'repository' | 'runner' | 'history' | 'log' | 'timeOf'
> & {
  /** Logs that the vault is locked, once; whether that is what `error` means. */
  readonly logLocked: (error: unknown) => boolean;
};

/** Renews credentials, and remembers and shows what fails. */
export class Renewals {
  readonly #parts: Parts;
  readonly #failed = new FailedRenewals();
  #isStopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  failedOf(session: Session): FailedRenewal | undefined {
    return this.#failed.of(session);
  }

  forget(sessionId: string): void {
    this.#failed.forget(sessionId);
  }

  /** What failed is tried again within seconds: the machine woke up, or is on another network. */
  hurry(): void {
    this.#failed.hurry(this.#parts.elapsed.now());
  }

  /** Failures no longer count: this process is ending. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Never rejects because a renewal failed. Throws what writing the failure down throws. */
  async renew({ sessionId, run }: Session): Promise<void> {
    const { runner, repository, history, log, logLocked } = this.#parts;
    try {
      await runner.rotate(sessionId, 'stint');
      this.#failed.forget(sessionId);
    } catch (error) {
      const current = repository.find(sessionId);
      if (this.#isStopped || current === undefined) return;
      if (!isUnderWay(current) || current.run?.id !== run?.id) return;
      const failed = this.#failed.note(current, error, this.#timesOf(current));
      const { failures, message } = failed;
      if (!logLocked(error)) log.warn('rotation.failed', { sessionId, failures, error });
      await this.#show(sessionId, failed);
      // One entry for one trouble, however often it is tried.
      if (failures > 1) return;
      history.append({ kind: 'rotation-failed', ...named(current), message, by: 'stint' });
    }
  }

  /**
   * Now, and when its credentials expire: by the difference of the service's clock that they were issued
   * with or the one measured last, whichever comes next. Either may be wrong, and nothing is lost by a try.
   */
  #timesOf(session: Session) {
    const now = this.#parts.elapsed.now();
    const { credentialsExpireAt } = session;
    if (credentialsExpireAt === undefined) return { now };
    const issued = serviceTime(session, now) - now;
    const measured = this.#parts.timeOf?.(session).measured ?? issued;
    const expiries = [issued, measured].map((ahead) => Date.parse(credentialsExpireAt) - ahead);
    const next = expiries.filter((expiry) => expiry > now);
    return { now, expiresAt: next.length === 0 ? undefined : Math.min(...next) };
  }

  /** Readers see why it fails and when it is tried again. */
  async #show(sessionId: string, failed: FailedRenewal): Promise<void> {
    const ahead = this.#parts.elapsed.offset ?? 0;
    await this.#parts.repository.changeRun(sessionId, (session) => {
      const { run } = session;
      if (run?.id !== failed.runId || !isUnderWay(session)) return session;
      const { message, failures, failingSince, notBefore } = failed;
      const renewalFailure = {
        message,
        failures,
        since: toInstant(failingSince - ahead),
        ...(notBefore === Infinity ? {} : { nextTryAt: toInstant(notBefore - ahead) }),
      };
      return { ...session, run: { ...run, renewalFailure } };
    });
  }
}
