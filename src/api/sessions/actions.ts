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
  const { labels = [], pinned = false, limits = {} } = session;
  return {
    ...session,
    labels,
    pinned,
    limits,
    delivery: services.sessions.deliveryOf(session),
    deliveryIsDefault: session.delivery === undefined,
    actions: actionsFor(session, reader, services),
  } as SessionView;
}

/** Whether `reader` may see the session. */
export function isVisible(sessionId: string | undefined, reader: Principal): boolean {
  return reader.sessionId === undefined || reader.sessionId === sessionId;
}
