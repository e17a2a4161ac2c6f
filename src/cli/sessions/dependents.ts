import { allSessions } from '../../client/all-sessions.ts';
import { printable } from '../../models/printable.ts';
import type { Context } from '../context.ts';
import type { SessionView } from '../owner/owner-client.ts';

/** The most sessions that a line names. */
const mostNames = 10;

/** What a removal of the session takes with it, one line each: its run, programs, sessions below it. */
export async function dependentsOfSession(
  { owner }: Context,
  { sessionId, sessionName, status }: SessionView,
): Promise<readonly string[]> {
  const [{ items: leases }, { items: sessions }] = await Promise.all([
    owner.request('GET', '/v1/sessions/{id}/leases', { path: { id: sessionId } }),
    allSessions(owner, { archived: 'true', hidden: 'true' }),
  ]);
  const open = leases.filter(({ closedAt }) => closedAt === undefined);
  const users = open.map(({ kind, process }) => process ?? kind);
  return [
    ...(status === 'inactive' ? [] : [`${printable(sessionName)} is ${status} and ends.`]),
    ...(users.length === 0 ? [] : [`In use by: ${printable([...new Set(users)].join(', '))}`]),
    ...named('Sessions that need it', below(sessions, sessionId)),
  ];
}

/** The sessions of an integration or identity provider, in one line; none if it has none. */
export async function dependentsOfSource(
  { owner }: Context,
  isOfSource: (session: SessionView) => boolean,
): Promise<readonly string[]> {
  const { items } = await allSessions(owner, { archived: 'true', hidden: 'true' });
  const own = items.filter(isOfSource);
  const active = own.filter(({ status }) => status !== 'inactive').length;
  return named(active === 0 ? 'Its sessions' : `Its sessions, ${active} of them running`, own);
}

/** The sessions whose chain leads through the given one. */
function below(sessions: readonly SessionView[], sessionId: string): readonly SessionView[] {
  return sessions
    .filter((one) => 'parentSessionId' in one && one.parentSessionId === sessionId)
    .flatMap((child) => [child, ...below(sessions, child.sessionId)]);
}

function named(title: string, sessions: readonly SessionView[]): readonly string[] {
  if (sessions.length === 0) return [];
  const names = sessions.slice(0, mostNames).map(({ sessionName }) => printable(sessionName));
  const more = sessions.length - names.length;
  return [`${title}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}
