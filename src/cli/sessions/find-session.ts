import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { OwnerClient, SessionView } from '../owner/owner-client.ts';
import { allSessions } from '../../client/all-sessions.ts';
import { isInteractive } from '../terminal/shell.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The session with this id or exactly this name, archived or not. Throws CommandFailure 'notFound', or
 * 'usage' with the ids if several have the name.
 */
export async function findSession({ owner }: Context, name: string): Promise<SessionView> {
  const byId = uuid.test(name) ? await sessionById(owner, name) : undefined;
  if (byId !== undefined) return byId;
  const { items } = await allSessions(owner, { archived: 'true', q: name.slice(0, 256) });
  const [one, ...others] = items.filter(({ sessionName }) => sessionName === name);
  if (one === undefined) {
    throw new CommandFailure(
      'notFound',
      `There is no session "${name}".`,
      'List them: stint session list',
    );
  }
  if (others.length > 0) {
    throw new CommandFailure(
      'usage',
      `"${name}" is the name of ${others.length + 1} sessions.`,
      `Use one of their ids:\n${[one, ...others].map((session) => `  ${session.sessionId}  ${session.type}, ${session.region}`).join('\n')}`,
    );
  }
  return one;
}

async function sessionById(owner: OwnerClient, id: string): Promise<SessionView | undefined> {
  try {
    return await owner.request('GET', '/v1/sessions/{id}', { path: { id } });
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** The sessions with these names or ids; without any, the one that the person picks. */
export async function namedSessions(
  context: Context,
  names: readonly string[],
  matches: (session: SessionView) => boolean = () => true,
): Promise<readonly SessionView[]> {
  if (names.length === 0) return [await pickSession(context, matches)];
  const found: SessionView[] = [];
  for (const name of names) {
    const session = await findSession(context, name);
    if (!found.some(({ sessionId }) => sessionId === session.sessionId)) found.push(session);
  }
  return found;
}

/** The session with this name or id; without one, the session that the person picks. */
export async function namedSession(
  context: Context,
  name: string | undefined,
  matches?: (session: SessionView) => boolean,
): Promise<SessionView> {
  return name === undefined
    ? await pickSession(context, matches)
    : await findSession(context, name);
}

/** Most recently started first. Throws CommandFailure 'usage' if there is no terminal to pick at. */
async function pickSession(
  { shell, owner }: Context,
  matches: (session: SessionView) => boolean = () => true,
): Promise<SessionView> {
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', 'Name the session, or give its id.');
  }
  const sessions = (await allSessions(owner, { sort: '-startDateTime' })).items.filter(matches);
  if (sessions.length === 0) {
    throw new CommandFailure('notFound', 'There is no session to pick from.');
  }
  const { pick } = await import('../terminal/picker.ts');
  return await pick(
    shell,
    'Which session?',
    sessions.map((session) => ({
      label: [session.sessionName, session.status, session.type, session.region].join('  '),
      value: session,
    })),
  );
}
