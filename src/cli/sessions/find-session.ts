import { allSessions } from '../../client/all-sessions.ts';
import { Problem } from '../../models/problem.ts';
import { isAside, isOutOfSight } from '../../models/session-order.ts';
import { otherNames } from '../../models/session-names.ts';
import { severalMatch } from '../arguments/find-named.ts';
import { matchingItems, nearNames, suggestion, type Called } from '../arguments/matching-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { OwnerClient, SessionView } from '../owner/owner-client.ts';
import { isInteractive } from '../terminal/shell.ts';
import { accountText, distinctLine } from './account-text.ts';
import { typeText } from './type-text.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The session that `name` means, archived or not: a name, profile, account and role, id, or a part of
 * one that no other session has; see `matchingItems`. Throws CommandFailure 'notFound' with the names
 * that are near, or 'usage' with the ids if several match.
 */
export async function findSession({ owner }: Context, name: string): Promise<SessionView> {
  const byId = uuid.test(name) ? await sessionById(owner, name) : undefined;
  if (byId !== undefined) return byId;
  // The search of the API finds all that match, and few others.
  const { items } = await allSessions(owner, {
    archived: 'true',
    hidden: 'true',
    q: name.trim().slice(0, 256),
  });
  const [one, ...others] = matchingItems(items, called, name);
  if (one === undefined) throw await noSession(owner, name);
  if (others.length > 0) {
    throw severalMatch(name, 'sessions', [one, ...others].map(distinctLine));
  }
  return one;
}

function called(session: SessionView): Called {
  return {
    id: session.sessionId,
    name: session.sessionName,
    others: otherNames(session),
    isAside: isAside(session),
  };
}

async function noSession(owner: OwnerClient, name: string): Promise<CommandFailure> {
  const { items } = await allSessions(owner);
  const names = items.flatMap((one) => [
    one.sessionName,
    ...('profileName' in one ? [one.profileName] : []),
  ]);
  const next = suggestion(nearNames(names, name), 'stint session list');
  return new CommandFailure('notFound', `There is no session "${name}".`, next);
}

async function sessionById(owner: OwnerClient, id: string): Promise<SessionView | undefined> {
  try {
    return await owner.request('GET', '/v1/sessions/{id}', { path: { id } });
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** The sessions that the names mean; without any, the one that the person picks. */
export async function namedSessions(
  context: Context,
  names: readonly string[],
  matches?: (session: SessionView) => boolean,
): Promise<readonly SessionView[]> {
  if (names.length === 0) return [await pickSession(context, { matches })];
  const found: SessionView[] = [];
  for (const name of names) {
    const session = await findSession(context, name);
    if (!found.some(({ sessionId }) => sessionId === session.sessionId)) found.push(session);
  }
  return found;
}

/** The session that the name means; without one, the session that the person picks. */
export async function namedSession(
  context: Context,
  name: string | undefined,
  matches?: (session: SessionView) => boolean,
): Promise<SessionView> {
  return name === undefined
    ? await pickSession(context, { matches })
    : await findSession(context, name);
}

/** Most often started first. Throws CommandFailure 'usage' if there is no terminal to pick at. */
export async function pickSession(
  { shell, owner }: Context,
  {
    matches = (session) => !isOutOfSight(session),
    question = 'Which session?',
  }: {
    readonly matches?: ((session: SessionView) => boolean) | undefined;
    readonly question?: string;
  } = {},
): Promise<SessionView> {
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', 'Name the session, or give its id.');
  }
  const sessions = (await allSessions(owner, { sort: '-starts', hidden: 'true' })).items.filter(
    matches,
  );
  if (sessions.length === 0) {
    throw new CommandFailure('notFound', 'There is no session to pick from.');
  }
  const { pick } = await import('../terminal/picker.ts');
  return await pick(
    shell,
    question,
    sessions.map((session) => ({
      label: [
        session.sessionName,
        session.status === 'inactive' ? '' : session.status,
        accountText(session),
        session.region,
        typeText(session.type),
      ]
        .filter((part) => part !== '')
        .join('  '),
      value: session,
    })),
  );
}
