import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';

/**
 * While the warning that a limit ends the run soon is current: when that is; undefined otherwise.
 * `now`: in milliseconds since the epoch.
 */
export function endsSoonText(
  { status, run }: Pick<Session, 'status' | 'run'>,
  now: number,
): string | undefined {
  if (status === 'inactive' || run?.warnedAt === undefined || run.endsAt === undefined) {
    return undefined;
  }
  const left = Date.parse(run.endsAt) - now;
  return left > 0 ? `Its maximum duration ends it in ${roughDuration(left)}.` : undefined;
}
