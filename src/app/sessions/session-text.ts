import { parseArn } from '../../models/arn.ts';
import type { EndReason } from '../../models/lifecycle.ts';
import type { Session } from '../connection/owner-client.ts';

const waysIn: Readonly<Record<Session['type'], string>> = {
  awsIamUser: 'IAM user',
  awsIamRoleFederated: 'Federated role',
  awsIamRoleChained: 'Chained role',
  awsSsoRole: 'SSO role',
  azure: 'Azure',
};

const endings: Readonly<Record<EndReason, string>> = {
  stopped: 'stopped',
  cancelled: 'cancelled while starting',
  'max-duration': 'its longest time was over',
  idle: 'nobody used it',
  'lease-limit': 'all its leases were used',
  'valid-until': 'its last day was over',
  expired: 'could not be renewed in time',
  superseded: 'another session took its profile',
  removed: 'removed',
  'dependency-removed': 'what it depends on was removed',
  'integration-logout': 'its integration was logged out',
  locked: 'the vault was locked',
  shutdown: 'Stint was quit',
  crashed: 'Stint ended unexpectedly',
  failed: 'failed',
};

/** The access method, as people call it. */
export function accessMethod(session: Session): string {
  const mfa = 'mfaSerial' in session ? ' · MFA' : '';
  return waysIn[session.type] + mfa;
}

/** Why a run ended, in a few words. */
export function endReasonText(reason: EndReason): string {
  return endings[reason];
}

/** The account as far as it is known: from an ARN, or from the role. */
export function accountOf(session: Session): string | undefined {
  if (session.type === 'awsSsoRole') return session.accountId;
  if ('roleArn' in session) return parseArn(session.roleArn)?.accountId;
  const { mfaSerial } = session as { readonly mfaSerial?: string };
  return mfaSerial === undefined ? undefined : parseArn(mfaSerial)?.accountId;
}

/** The role as people call it: its name with its path. */
export function roleOf(session: Session): string | undefined {
  if (session.type === 'awsSsoRole') return session.roleName;
  if (!('roleArn' in session)) return undefined;
  return parseArn(session.roleArn)?.resource.replace(/^role\//, '');
}

/** An AWS account's number in groups of four, as the console shows it; anything else as it is. */
export function spaced(account: string): string {
  return /^\d{12}$/.test(account) ? account.replace(/(\d{4})(?=\d)/g, '$1-') : account;
}

/**
 * The second line of a session: where it leads, what it goes through (`before`), and how its last run
 * ended.
 */
export function subtitle(session: Session, before: string | undefined): string {
  const parts = [
    placeWords(session),
    session.sessionName.includes(roleOf(session) ?? '') ? undefined : roleOf(session),
    before,
    session.environment,
    ...(session.labels ?? []),
  ];
  if (session.status === 'pending') parts.push('starting…');
  else if (session.status === 'inactive') {
    if (session.vanishedAt !== undefined) parts.push('offered no more');
    if (session.startDateTime === '') parts.push('never started');
    else if (session.lastEnd !== undefined && session.lastEnd.reason !== 'stopped') {
      parts.push(`ended: ${endings[session.lastEnd.reason]}`);
    }
  }
  // Last, since it is long: it tells apart subscriptions of the same name.
  if (session.type === 'azure') parts.push(session.subscriptionId);
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The account or subscription; the name of one that is synced is that of its session already. */
export function placeWords(session: Session): string | undefined {
  if (session.type !== 'azure') {
    const account = accountOf(session);
    return account === undefined ? undefined : spaced(account);
  }
  const { sessionName, subscriptionName } = session;
  return sessionName.includes(subscriptionName) ? undefined : subscriptionName;
}

/** Seconds of life that are left, of how many there were; undefined while it is not active. */
export function lifeLeft(
  session: Session,
  now: number,
): { readonly milliseconds: number; readonly share: number; readonly low: boolean } | undefined {
  const { status, credentialsExpireAt, rotatedAt, startDateTime } = session;
  if (status !== 'active' || credentialsExpireAt === undefined) return undefined;
  const end = Date.parse(credentialsExpireAt);
  const whole = end - Date.parse(rotatedAt ?? startDateTime);
  const milliseconds = Math.max(0, end - now);
  const share = whole > 0 ? Math.min(1, milliseconds / whole) : 0;
  return { milliseconds, share, low: share < 0.25 };
}
