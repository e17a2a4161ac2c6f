import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { OwnerClient, SessionView } from '../owner/owner-client.ts';
import { allSessions } from '../../client/all-sessions.ts';
import { isInteractive } from '../terminal/shell.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The session with this id or exactly this name, archived ones too. Throws CommandFailure 'notFound',
 * or 'usage' where several have the name, listing their ids.
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
      '`stint session list` shows those there are.',
    );
  }
  if (others.length > 0) {
    throw new CommandFailure(
      'usage',
      `${others.length + 1} sessions are named "${name}".`,
      `Say which by its id:\n${[one, ...others].map((session) => `  ${session.sessionId}  ${session.type}, ${session.region}`).join('\n')}`,
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

/** The sessions named, or the one that is picked at the terminal where none is. */
export async function namedSessions(
  context: Context,
  names: readonly string[],
  fits: (session: SessionView) => boolean = () => true,
): Promise<readonly SessionView[]> {
  if (names.length === 0) return [await pickSession(context, fits)];
  const found: SessionView[] = [];
  for (const name of names) {
    const session = await findSession(context, name);
    if (!found.some(({ sessionId }) => sessionId === session.sessionId)) found.push(session);
  }
  return found;
}

export async function namedSession(
  context: Context,
  name: string | undefined,
  fits?: (session: SessionView) => boolean,
): Promise<SessionView> {
  return name === undefined ? await pickSession(context, fits) : await findSession(context, name);
}

/** Most recently started first. Throws CommandFailure 'usage' where nobody is there to choose. */
async function pickSession(
  { shell, owner }: Context,
  fits: (session: SessionView) => boolean = () => true,
): Promise<SessionView> {
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', 'Say which session: a name or an id.');
  }
  const sessions = (await allSessions(owner, { sort: '-startDateTime' })).items.filter(fits);
  if (sessions.length === 0) {
    throw new CommandFailure('notFound', 'There is no session to choose from.');
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
