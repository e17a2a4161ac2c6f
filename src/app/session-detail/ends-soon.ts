import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';

/**
 * While the warning that a limit ends the run soon is current: when that is; undefined otherwise.
 * `until`: milliseconds until an instant.
 */
export function endsSoonText(
  { status, run }: Pick<Session, 'status' | 'run'>,
  until: (instant: number) => number,
): string | undefined {
  if (status === 'inactive' || run?.warnedAt === undefined || run.endsAt === undefined) {
    return undefined;
  }
  const left = until(Date.parse(run.endsAt));
  return left > 0 ? `Its maximum duration ends it in ${roughDuration(left)}.` : undefined;
}
