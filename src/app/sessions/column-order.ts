import { compareNames } from '../../models/name-order.ts';
import type { Session } from '../connection/owner-client.ts';
import { accountOf, roleOf, typeText } from './session-text.ts';
import { columns, type ColumnId } from './columns.ts';

export interface ColumnOrder {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** What the columns show beside the fields of the session. */
interface Names {
  readonly sourceOf: (session: Session) => string | undefined;
  readonly environmentOf: (session: Session) => string | undefined;
}

/**
 * The sessions in the order of a column, those without a value last. Among equals, and for undefined, they keep
 * the order that they come in.
 */
export function sorted(
  sessions: readonly Session[],
  order: ColumnOrder | undefined,
  names: Names,
): readonly Session[] {
  if (order === undefined) return sessions;
  const sign = order.descending ? -1 : 1;
  return sessions
    .map((session) => ({ session, key: keyOf(session, order.column, names) }))
    .sort((a, b) => {
      if (a.key === '' || b.key === '') {
        return Number(a.key === '') - Number(b.key === '');
      }
      return sign * compareNames(a.key, b.key);
    })
    .map(({ session }) => session);
}

/** The next order of a click on a column: its usual direction, then the other, then the default order. */
export function nextOrder(now: ColumnOrder | undefined, column: ColumnId): ColumnOrder | undefined {
  const first = columns.find(({ id }) => id === column)?.isDescending ?? false;
  if (now?.column !== column) return { column, descending: first };
  return now.descending === first ? { column, descending: !first } : undefined;
}

function keyOf(session: Session, column: ColumnId, { sourceOf, environmentOf }: Names): string {
  switch (column) {
    case 'session':
      return session.sessionName;
    case 'role':
      return roleOf(session) ?? '';
    case 'account':
      return session.type === 'azure' ? session.subscriptionId : (accountOf(session) ?? '');
    case 'type':
      return typeText(session);
    case 'profile':
      return 'profileName' in session ? session.profileName : '';
    case 'region':
      return session.region;
    case 'environment':
      return environmentOf(session) ?? '';
    case 'labels':
      return session.labels.join(', ');
    case 'source':
      return sourceOf(session) ?? '';
    case 'started':
      return session.startDateTime;
    case 'left':
      return session.status === 'active' ? (session.credentialsExpireAt ?? '') : '';
  }
}
