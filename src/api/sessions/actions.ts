import type { Principal, Scope } from '../../models/scope.ts';
import type { Session, SessionAction } from '../../models/session.ts';
import type { SessionView } from '../schemas/session-view.ts';

interface Rule {
  readonly action: SessionAction;
  readonly scope: Scope;
  readonly fits: (session: Session) => boolean;
}

const rules: readonly Rule[] = [
  {
    action: 'start',
    scope: 'sessions:start',
    fits: ({ status, archivedAt }) => status === 'inactive' && archivedAt === undefined,
  },
  { action: 'stop', scope: 'sessions:stop', fits: ({ status }) => status !== 'inactive' },
  { action: 'rotate', scope: 'sessions:rotate', fits: ({ status }) => status === 'active' },
  { action: 'update', scope: 'sessions:update', fits: () => true },
  { action: 'delete', scope: 'sessions:delete', fits: () => true },
];

/** What `reader` can do with the session now. */
export function actionsFor(session: Session, reader: Principal): SessionAction[] {
  return rules
    .filter(({ scope, fits }) => reader.scopes.has(scope) && fits(session))
    .map(({ action }) => action);
}

export function viewFor(session: Session, reader: Principal): SessionView {
  return { ...session, actions: actionsFor(session, reader) };
}

/** Whether `reader` may see the session. */
export function isVisible(sessionId: string | undefined, reader: Principal): boolean {
  return reader.sessionId === undefined || reader.sessionId === sessionId;
}
