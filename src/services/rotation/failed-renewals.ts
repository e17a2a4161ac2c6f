import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { FailedRenewal } from './due.ts';
import { retryDelay } from './retry-delay.ts';

/** Remembers how often the renewal of each run failed, and when to try again. */
export class FailedRenewals {
  readonly #bySession = new Map<string, FailedRenewal>();

  of({ sessionId, run }: Session): FailedRenewal | undefined {
    const failed = this.#bySession.get(sessionId);
    return failed?.runId === run?.id ? failed : undefined;
  }

  /** Returns how often in a row it has failed now. `now`: milliseconds since the epoch. */
  note(session: Session, error: unknown, now: number): number {
    const before = this.of(session);
    const failures = (before?.failures ?? 0) + 1;
    this.#bySession.set(session.sessionId, {
      runId: session.run?.id ?? '',
      failures,
      failingSince: before?.failingSince ?? now,
      notBefore: isDeclined(error) ? Infinity : now + retryDelay(failures),
    });
    return failures;
  }

  forget(sessionId: string): void {
    this.#bySession.delete(sessionId);
  }
}

/** Nobody is asked again for the same renewal once a question was cancelled or expired. */
function isDeclined(error: unknown): boolean {
  return error instanceof Problem && ['session-ended', 'prompt-expired'].includes(error.code);
}
