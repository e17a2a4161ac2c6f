import { roughDuration } from '../../models/duration.ts';
import { endOf, type Lasting } from '../../models/session-end.ts';

/** Time until the end of a session, or until `end` by this machine's clock; empty if there is none. */
export function timeLeft(
  session: Lasting,
  now = Date.now(),
  end: string | undefined = endOf(session),
): string {
  return end === undefined ? '' : roughDuration(Date.parse(end) - now);
}
