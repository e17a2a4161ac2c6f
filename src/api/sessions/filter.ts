import { isActive } from '../../models/active.ts';
import { parseArn } from '../../models/arn.ts';
import type { SessionType } from '../../models/session-fields.ts';
import { endOf } from '../../models/session-end.ts';
import { isOutOfSight } from '../../models/session-order.ts';
import { otherNames } from '../../models/session-names.ts';
import { sameName, searchable } from '../../models/spelling.ts';
import type { Session } from '../../models/session.ts';

export interface SessionFilter {
  readonly active?: boolean | undefined;
  /** Also archived ones. */
  readonly archived?: boolean | undefined;
  /** Also hidden ones that are not running. */
  readonly hidden?: boolean | undefined;
  readonly status?: Session['status'] | undefined;
  readonly type?: SessionType | undefined;
  readonly region?: string | undefined;
  readonly name?: string | undefined;
  readonly environment?: string | undefined;
  /** Its name or ARN. */
  readonly role?: string | undefined;
  readonly delivery?: string | undefined;
  /** The delivery of a session's next run; needed for `delivery`. */
  readonly deliveryOf?: ((session: Session) => string) | undefined;
  readonly startedFrom?: string | undefined;
  readonly startedTo?: string | undefined;
  /** When its time left is over. */
  readonly endsFrom?: string | undefined;
  readonly endsTo?: string | undefined;
  readonly id?: string | undefined;
  /** Its id or its name. */
  readonly account?: string | undefined;
  readonly profile?: string | undefined;
  readonly integration?: string | undefined;
  readonly parent?: string | undefined;
  readonly idp?: string | undefined;
  readonly pinned?: boolean | undefined;
  /** Part of a name, profile, account, role, region or label, in any case. */
  readonly q?: string | undefined;
  /** All of these. */
  readonly labels: readonly string[];
}

/** `now`: milliseconds since the epoch. A session past its `validUntil` counts as archived at once. */
export function matches(session: Session, filter: SessionFilter, now: number): boolean {
  const isOver = session.validUntil !== undefined && Date.parse(session.validUntil) <= now;
  return (
    (filter.archived === true || (session.archivedAt === undefined && !isOver)) &&
    (filter.hidden === true || !isOutOfSight(session)) &&
    (filter.active === undefined || isActive(session) === filter.active) &&
    (filter.status === undefined || session.status === filter.status) &&
    (filter.type === undefined || session.type === filter.type) &&
    (filter.pinned === undefined || (session.pinned ?? false) === filter.pinned) &&
    isOneOf(filter.region, [session.region]) &&
    isOneOf(filter.name, [session.sessionName]) &&
    isOneOf(filter.role, rolesOf(session)) &&
    isOneOf(filter.delivery, [filter.deliveryOf?.(session)]) &&
    isWithin(session.startDateTime, filter.startedFrom, filter.startedTo) &&
    isWithin(endOf(session), filter.endsFrom, filter.endsTo) &&
    isOneOf(filter.id, [session.sessionId]) &&
    isOneOf(filter.environment, [session.environment]) &&
    isOneOf(filter.account, accountsOf(session)) &&
    isOneOf(filter.profile, ['profileName' in session ? session.profileName : undefined]) &&
    isOneOf(filter.integration, ['integrationId' in session ? session.integrationId : undefined]) &&
    isOneOf(filter.parent, ['parentSessionId' in session ? session.parentSessionId : undefined]) &&
    isOneOf(filter.idp, ['idpId' in session ? session.idpId : undefined]) &&
    filter.labels.every((label) => session.labels?.some((one) => sameName(one, label)) ?? false) &&
    (filter.q === undefined || textOf(session).includes(searchable(filter.q)))
  );
}

/** Whether the session has what is asked for, in any case; true if nothing is. */
function isOneOf(wanted: string | undefined, values: readonly (string | undefined)[]): boolean {
  if (wanted === undefined) return true;
  const text = searchable(wanted);
  return values.some((value) => value !== undefined && searchable(value) === text);
}

/** Both limits count. A time that there is not is within no limits. */
function isWithin(
  time: string | undefined,
  from: string | undefined,
  to: string | undefined,
): boolean {
  if (from === undefined && to === undefined) return true;
  const at = Date.parse(time ?? '');
  return (
    at >= (from === undefined ? -Infinity : Date.parse(from)) &&
    at <= (to === undefined ? Infinity : Date.parse(to))
  );
}

function rolesOf(session: Session): readonly (string | undefined)[] {
  switch (session.type) {
    case 'awsIamRoleFederated':
    case 'awsIamRoleChained':
      return [session.roleArn, parseArn(session.roleArn)?.resource.replace(/^role\//, '')];
    case 'awsSsoRole':
      return [session.roleName];
    case 'awsIamUser':
    case 'azure':
      return [];
  }
}

/** By id and, where it is known, by name. */
function accountsOf(session: Session): readonly (string | undefined)[] {
  switch (session.type) {
    case 'awsIamUser':
      return [parseArn(session.mfaSerial ?? '')?.accountId];
    case 'awsIamRoleFederated':
    case 'awsIamRoleChained':
      return [parseArn(session.roleArn)?.accountId];
    case 'awsSsoRole':
      return [session.accountId, session.accountName];
    case 'azure':
      return [session.subscriptionId, session.subscriptionName];
  }
}

/** The texts by which a person looks for a session. */
function textOf(session: Session): string {
  const { sessionId, sessionName, region, environment = '', labels = [] } = session;
  const own = session.type === 'awsIamUser' ? [session.mfaSerial ?? ''] : [];
  return searchable(
    [sessionId, sessionName, region, environment, ...labels, ...own, ...otherNames(session)].join(
      '\n',
    ),
  );
}
