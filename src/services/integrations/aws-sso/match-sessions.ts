import { profileNameFor } from '../../../models/delivery.ts';
import type { SyncResult } from '../../../models/integration.ts';
import type { AwsSsoRoleSession, Session } from '../../../models/session.ts';
import { toInstant } from '../../../models/time.ts';
import { newSession, profilesInUse } from '../../sessions/session-record.ts';
import type { Offered, OfferedRole } from './list-roles.ts';

/** What has to be done so that the sessions of an integration are those it offers. */
export interface SessionChanges {
  readonly add: readonly Session[];
  /** By session id. */
  readonly change: ReadonlyMap<string, (session: Session) => Session>;
  readonly result: SyncResult;
}

/**
 * Compares what is offered with the sessions there are. What the person set stays; a session that is
 * offered no more is kept and marked, and the mark goes when it is back.
 */
export function matchSessions(
  { roles, skippedAccounts }: Offered,
  {
    sessions,
    integrationId,
    region,
    now,
  }: {
    readonly sessions: readonly Session[];
    readonly integrationId: string;
    readonly region: string;
    readonly now: number;
  },
): SessionChanges {
  const existing = new Map(
    sessions
      .filter((one): one is AwsSsoRoleSession => one.type === 'awsSsoRole')
      .filter((one) => one.integrationId === integrationId)
      .map((one) => [keyOf(one), one]),
  );
  const profiles = profilesInUse(sessions);
  const add: Session[] = [];
  const change = new Map<string, (session: Session) => Session>();
  for (const role of roles) {
    const known = existing.get(keyOf(role));
    existing.delete(keyOf(role));
    if (known === undefined) {
      const sessionName = nameOf(role);
      const profileName = profileNameFor(sessionName, profiles);
      profiles.add(profileName);
      add.push(
        newSession(
          {
            type: 'awsSsoRole',
            sessionName,
            region,
            profileName,
            integrationId,
            accountId: role.accountId,
            accountName: role.accountName,
            roleName: role.roleName,
            ...(role.email === undefined ? {} : { email: role.email }),
          },
          { sessions, now },
        ),
      );
    } else if (isOutdated(known, role)) {
      change.set(known.sessionId, (session) => brought(session as AwsSsoRoleSession, role));
    }
  }
  const skipped = new Set(skippedAccounts);
  const gone = [...existing.values()].filter(
    ({ accountId, vanishedAt }) => vanishedAt === undefined && !skipped.has(accountId),
  );
  const changed = change.size;
  for (const { sessionId } of gone) {
    change.set(sessionId, (session) => ({ ...session, vanishedAt: toInstant(now) }));
  }
  return {
    add,
    change,
    result: {
      added: add.length,
      changed,
      unchanged: roles.length - add.length - changed,
      vanished: gone.length,
      skipped: [...skipped],
    },
  };
}

function keyOf({ accountId, roleName }: { accountId: string; roleName: string }): string {
  return `${accountId}/${roleName}`;
}

function nameOf(role: { readonly accountName: string; readonly roleName: string }): string {
  return `${role.accountName} / ${role.roleName}`.slice(0, 128);
}

function isOutdated(session: AwsSsoRoleSession, role: OfferedRole): boolean {
  return (
    session.vanishedAt !== undefined ||
    session.accountName !== role.accountName ||
    session.email !== role.email
  );
}

/** With the account's new name and address; the session's own name only where nobody chose it. */
function brought(session: AwsSsoRoleSession, role: OfferedRole): Session {
  const { vanishedAt, email, ...rest } = session;
  return {
    ...rest,
    accountName: role.accountName,
    ...(role.email === undefined ? {} : { email: role.email }),
    sessionName: session.sessionName === nameOf(session) ? nameOf(role) : session.sessionName,
  };
}
