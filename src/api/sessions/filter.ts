import type { SessionType } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';

export interface SessionFilter {
  readonly active?: boolean | undefined;
  /** Also archived ones. */
  readonly archived?: boolean | undefined;
  readonly type?: SessionType | undefined;
  /** Part of a name, account, role, region or label, in any case. */
  readonly q?: string | undefined;
  /** All of these. */
  readonly labels: readonly string[];
}

/** `now`: milliseconds since the epoch. A session past its `validUntil` counts as archived at once. */
export function matches(session: Session, filter: SessionFilter, now: number): boolean {
  const isOver = session.validUntil !== undefined && Date.parse(session.validUntil) <= now;
  return (
    (filter.archived === true || (session.archivedAt === undefined && !isOver)) &&
    (filter.active === undefined || (session.status === 'active') === filter.active) &&
    (filter.type === undefined || session.type === filter.type) &&
    filter.labels.every((label) => session.labels?.includes(label) ?? false) &&
    (filter.q === undefined || textOf(session).includes(filter.q.toLowerCase()))
  );
}

/** The texts by which a person looks for a session. */
function textOf(session: Session): string {
  const { sessionId, sessionName, region, environment = '', labels = [] } = session;
  return [sessionId, sessionName, region, environment, ...labels, ...ownText(session)]
    .join('\n')
    .toLowerCase();
}

function ownText(session: Session): readonly string[] {
  switch (session.type) {
    case 'awsIamUser':
      return [session.profileName, session.mfaSerial ?? ''];
    case 'awsIamRoleFederated':
    case 'awsIamRoleChained':
      return [session.profileName, session.roleArn];
    case 'awsSsoRole':
      return [session.profileName, session.accountId, session.accountName, session.roleName];
    case 'azure':
      return [session.subscriptionName, session.subscriptionId, session.tenantId];
  }
}
