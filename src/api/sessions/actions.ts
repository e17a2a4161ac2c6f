import type { Principal, Scope } from '../../models/scope.ts';
import type { Session, SessionAction } from '../../models/session.ts';
import type { Services } from '../../services/services.ts';
import type { SessionView } from '../schemas/session-view.ts';

/** What each action requires; their order is that in which they are shown. */
const scopeOf: Readonly<Record<SessionAction, Scope>> = {
  start: 'sessions:start',
  stop: 'sessions:stop',
  rotate: 'sessions:rotate',
  extend: 'sessions:start',
  'rotate-keys': 'sessions:update',
  restore: 'sessions:update',
  update: 'sessions:update',
  delete: 'sessions:delete',
};

/** What `reader` can do with the session now. */
function actionsFor(
  session: Session,
  reader: Principal,
  { sessions }: Pick<Services, 'sessions'>,
): SessionAction[] {
  const possible = sessions.possibleActions(session);
  return (Object.keys(scopeOf) as SessionAction[]).filter(
    (action) => possible.has(action) && reader.scopes.has(scopeOf[action]),
  );
}

/** The session with everything that counts for it, whether it was set or not. */
export function viewFor(
  session: Session,
  reader: Principal,
  services: Pick<Services, 'sessions'>,
): SessionView {
  const actions = actionsFor(session, reader, services);
  return { ...viewForAnyone(session, services), actions } as SessionView;
}

/** The same without what a reader can do with it. */
function viewForAnyone(session: Session, { sessions }: Pick<Services, 'sessions'>) {
  const { labels = [], pinned = false, limits = {} } = session;
  const delivery = sessions.deliveryOf(session);
  const deliveryIsDefault = session.delivery === undefined;
  return { ...session, labels, pinned, limits, delivery, deliveryIsDefault };
}

/** What always says which session it is, and which fields it can have. */
const always = ['sessionId', 'type'];

/** Of each session what `fields` names of its view: whole ones take longer to make, send and read. */
export function partsFor(
  fields: readonly string[],
  reader: Principal,
  services: Pick<Services, 'sessions'>,
): (session: Session) => Readonly<Record<string, unknown>> {
  const chosen = new Set([...always, ...fields]);
  return (session) => {
    const view: Readonly<Record<string, unknown>> = chosen.has('actions')
      ? { ...viewFor(session, reader, services) }
      : viewForAnyone(session, services);
    const part: Record<string, unknown> = {};
    for (const name of chosen) if (view[name] !== undefined) part[name] = view[name];
    return part;
  };
}

/** Whether `reader` may see the session. */
export function isVisible(sessionId: string | undefined, reader: Principal): boolean {
  return reader.sessionId === undefined || reader.sessionId === sessionId;
}
