import { onThisMachine } from '../../models/clock-offset.ts';
import { accountIdPattern, parseArn } from '../../models/arn.ts';
import type { EndReason } from '../../models/lifecycle.ts';
import type { Session } from '../connection/owner-client.ts';

const typeNames: Readonly<Record<Session['type'], string>> = {
  awsIamUser: 'IAM user',
  awsIamRoleFederated: 'Federated role',
  awsIamRoleChained: 'Chained role',
  awsSsoRole: 'SSO role',
  azure: 'Azure',
};

const endReasons: Readonly<Record<EndReason, string>> = {
  stopped: 'stopped',
  cancelled: 'start cancelled',
  'max-duration': 'maximum duration reached',
  idle: 'idle timeout reached',
  'lease-limit': 'lease limit reached',
  'valid-until': 'validity period ended',
  expired: 'not renewed in time',
  superseded: 'replaced by another session with its profile',
  removed: 'removed',
  'dependency-removed': 'a session or integration it needs was removed',
  'integration-logout': 'integration signed out',
  locked: 'vault locked',
  shutdown: 'Stint quit',
  crashed: 'Stint ended unexpectedly',
  failed: 'failed',
};

/** The session type, and whether the session asks for MFA codes. */
export function typeText(session: Session): string {
  const mfa = 'mfaSerial' in session ? ' · MFA' : '';
  return typeNames[session.type] + mfa;
}

/** Why a run ended, in a few words. */
export function endReasonText(reason: EndReason): string {
  return endReasons[reason];
}

/** The account ID, from the session or one of its ARNs; undefined if neither names it. */
export function accountOf(session: Session): string | undefined {
  if (session.type === 'awsSsoRole') return session.accountId;
  if ('roleArn' in session) return parseArn(session.roleArn)?.accountId;
  const { mfaSerial } = session as { readonly mfaSerial?: string };
  return mfaSerial === undefined ? undefined : parseArn(mfaSerial)?.accountId;
}

/** The name of the role with its path. */
export function roleOf(session: Session): string | undefined {
  if (session.type === 'awsSsoRole') return session.roleName;
  if (!('roleArn' in session)) return undefined;
  return parseArn(session.roleArn)?.resource.replace(/^role\//, '');
}

/** An AWS account ID in groups of four digits, as the console shows it; other texts unchanged. */
export function spaced(account: string): string {
  return accountIdPattern.test(account)
    ? `${account.slice(0, 4)}-${account.slice(4, 8)}-${account.slice(8)}`
    : account;
}

/** The account or subscription; undefined if the session's name contains the subscription's. */
export function accountText(session: Session): string | undefined {
  if (session.type !== 'azure') {
    const account = accountOf(session);
    return account === undefined ? undefined : spaced(account);
  }
  const { sessionName, subscriptionName } = session;
  return sessionName.includes(subscriptionName) ? undefined : subscriptionName;
}

/** A hundredth of the ring is less than a pixel: drawing it again each second would keep a core busy. */
const shareSteps = 100;

/**
 * How long the current credentials are valid, or until the run ends where that is sooner; undefined
 * unless the session is active. `until`: milliseconds until an instant. `share`: of the whole time, in hundredths.
 */
export function timeLeft(
  session: Session,
  until: (instant: number) => number,
): { readonly milliseconds: number; readonly share: number; readonly low: boolean } | undefined {
  const { status, credentialsExpireAt, rotatedAt, startDateTime, run } = session;
  if (status !== 'active' || credentialsExpireAt === undefined) return undefined;
  const expires = onThisMachine(session, credentialsExpireAt);
  const end = run?.endsAt === undefined ? expires : Math.min(expires, Date.parse(run.endsAt));
  const whole = end - Date.parse(rotatedAt ?? startDateTime);
  const milliseconds = Math.max(0, until(end));
  const share = whole > 0 ? Math.min(1, milliseconds / whole) : 0;
  return { milliseconds, share: Math.ceil(share * shareSteps) / shareSteps, low: share < 0.25 };
}
