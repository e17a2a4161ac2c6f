import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { FailedRenewal } from './due.ts';
import { failureText } from '../sessions/session-problems.ts';
import { retryDelay, spread } from './retry-delay.ts';

/** Remembers how often the renewal of each run failed, and when to try again. */
export class FailedRenewals {
  readonly #bySession = new Map<string, FailedRenewal>();

  of({ sessionId, run }: Session): FailedRenewal | undefined {
    const failed = this.#bySession.get(sessionId);
    return failed?.runId === run?.id ? failed : undefined;
  }

  /**
   * Returns what is known of them now. In milliseconds of elapsed time, `expiresAt`: of the credentials
   * that could not be renewed.
   */
  note(
    session: Session,
    error: unknown,
    { now, expiresAt = now }: { readonly now: number; readonly expiresAt?: number | undefined },
  ): FailedRenewal {
    const before = this.of(session);
    const failures = (before?.failures ?? 0) + 1;
    const failed: FailedRenewal = {
      runId: session.run?.id ?? '',
      failures,
      failingSince: before?.failingSince ?? now,
      notBefore: isDeclined(error)
        ? Infinity
        : now + retryDelay(failures, { left: expiresAt - now }),
      message: failureText(error),
    };
    this.#bySession.set(session.sessionId, failed);
    return failed;
  }

  /** The machine woke up, or is on another network: what failed is tried again within seconds. */
  hurry(now: number): void {
    for (const [sessionId, failed] of this.#bySession) {
      if (failed.notBefore === Infinity) continue;
      const notBefore = Math.min(failed.notBefore, now + spread());
      this.#bySession.set(sessionId, { ...failed, notBefore });
    }
  }

  forget(sessionId: string): void {
    this.#bySession.delete(sessionId);
  }
}

/** Nobody is asked again for the same renewal once a question was cancelled or expired. */
function isDeclined(error: unknown): boolean {
  return error instanceof Problem && ['session-ended', 'prompt-expired'].includes(error.code);
}
