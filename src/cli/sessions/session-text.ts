import { styleText } from 'node:util';
import type { Session } from '../../models/session.ts';
import type { BrokenSession } from '../../models/workspace.ts';
import { hasColour, type Shell } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';
import { instantText } from '../terminal/instant-text.ts';
import { roughDuration } from '../../models/duration.ts';

/** What the command shows of a session. The API's type has more. */
export type ShownSession = Pick<
  Session,
  | 'sessionId'
  | 'sessionName'
  | 'status'
  | 'type'
  | 'region'
  | 'startDateTime'
  | 'run'
  | 'credentialsExpireAt'
  | 'archivedAt'
> & { readonly profileName?: string };

/** Time until the run or its credentials end, whichever is first; empty unless active. */
export function timeLeft(session: ShownSession, now = Date.now()): string {
  if (session.status !== 'active') return '';
  const ends = [session.run?.endsAt, session.credentialsExpireAt]
    .filter((instant) => instant !== undefined)
    .map((instant) => Date.parse(instant));
  return ends.length === 0 ? '' : roughDuration(Math.min(...ends) - now);
}

/** The table of `session list`. */
export function sessionTable(shell: Shell, sessions: readonly ShownSession[]): readonly string[] {
  const paint = (text: string, { status }: ShownSession) =>
    status === 'inactive' || !hasColour(shell)
      ? text
      : styleText(status === 'active' ? 'green' : 'yellow', text, { validateStream: false });
  return formatTable(sessions, [
    {
      title: 'status',
      value: (one) => (one.archivedAt === undefined ? one.status : 'archived'),
      paint,
    },
    { title: 'name', value: (one) => one.sessionName },
    { title: 'type', value: (one) => one.type },
    { title: 'profile', value: (one) => one.profileName ?? '' },
    { title: 'region', value: (one) => one.region },
    { title: 'started', value: (one) => instantText(one.startDateTime) },
    { title: 'time left', value: (one) => timeLeft(one) },
  ]);
}

/** One line for each entry of the workspace that Stint cannot read. */
export function brokenLines(broken: readonly BrokenSession[]): readonly string[] {
  return broken.map(
    ({ sessionId, sessionName, message }) =>
      `broken: ${sessionName ?? sessionId ?? 'a session without a name'}: ${message}`,
  );
}
