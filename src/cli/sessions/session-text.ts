import { styleText } from 'node:util';
import type { Session } from '../../models/session.ts';
import type { BrokenSession } from '../../models/workspace.ts';
import { hasColour, type Shell } from '../terminal/shell.ts';
import { formatFields, formatTable } from '../terminal/table.ts';
import { instantText } from '../terminal/instant-text.ts';
import { durationText } from '../../models/duration-text.ts';

/** What the command shows of a session; the API's own type fits. */
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

/** Until the run has to end or its credentials do, whichever comes first; empty unless active. */
export function timeLeft(session: ShownSession, now = Date.now()): string {
  if (session.status !== 'active') return '';
  const ends = [session.run?.endsAt, session.credentialsExpireAt]
    .filter((instant) => instant !== undefined)
    .map((instant) => Date.parse(instant));
  return ends.length === 0 ? '' : durationText(Math.min(...ends) - now);
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

/** One line for each entry of the workspace that cannot be read. */
export function brokenLines(broken: readonly BrokenSession[]): readonly string[] {
  return broken.map(
    ({ sessionId, sessionName, message }) =>
      `broken: ${sessionName ?? sessionId ?? 'a session without a name'}: ${message}`,
  );
}

/** Every field of a session, one a line, by the names the API gives them. */
export function sessionFields(session: Readonly<Record<string, unknown>>): readonly string[] {
  return formatFields(Object.entries(session).map(([name, value]) => [name, fieldText(value)]));
}

function fieldText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '–' : value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join(', ');
  return JSON.stringify(value);
}
