import type { EndReason } from '../../models/lifecycle.ts';
import type { Session } from '../../models/session.ts';

/*
 * What the clock demands of a session, as pure rules: each looks at the session and its
 * circumstances, and none touches a file or a cloud. Times in milliseconds since the epoch.
 */

/** How long an expired session may wait for a network that is coming back, in milliseconds. */
const graceAfterExpiry = 120_000;

/** What is known of the renewals of a run that failed one after the other. */
export interface FailedRenewal {
  readonly runId: string;
  readonly failures: number;
  /** When the next attempt may begin; Infinity once a person declined. */
  readonly notBefore: number;
  readonly failingSince: number;
}

export interface Circumstances {
  readonly now: number;
  /** When the run ends as idle; undefined without such a limit. */
  readonly idleEndsAt: number | undefined;
  /** Of the current run. */
  readonly failed: FailedRenewal | undefined;
  /** Whether a renewal needs nobody. */
  readonly unattended: () => boolean;
}

export type Duty =
  | { readonly kind: 'archive' }
  | { readonly kind: 'end'; readonly reason: EndReason; readonly message: string }
  | { readonly kind: 'renew' };

/** What a session needs now: the first rule that applies. */
export function dutyOf(session: Session, circumstances: Circumstances): Duty | undefined {
  if (isValidityOver(session, circumstances)) return { kind: 'archive' };
  if (isDurationOver(session, circumstances)) {
    return end('max-duration', 'The maximum session duration was reached.');
  }
  if (isIdle(session, circumstances)) {
    return end('idle', 'Nothing asked for its credentials within the idle limit.');
  }
  if (isExpired(session, circumstances)) {
    return end('expired', 'Its credentials could not be renewed in time.');
  }
  return isRenewalDue(session, circumstances) ? { kind: 'renew' } : undefined;
}

/** `validUntil` has passed and the session is not archived yet, whether it runs or not. */
export function isValidityOver(session: Session, { now }: Pick<Circumstances, 'now'>): boolean {
  return session.archivedAt === undefined && isPast(session.validUntil, now);
}

/** The limits that were fixed when the run began, whatever rotation says. */
export function isDurationOver(session: Session, { now }: Pick<Circumstances, 'now'>): boolean {
  return session.status !== 'inactive' && isPast(session.run?.endsAt, now);
}

export function isIdle(
  session: Session,
  { now, idleEndsAt = Infinity }: Pick<Circumstances, 'now' | 'idleEndsAt'>,
): boolean {
  return session.status === 'active' && idleEndsAt <= now;
}

/** Expired credentials may wait a moment for the network, as after sleep; never for a person. */
export function isExpired(session: Session, circumstances: Circumstances): boolean {
  const { now, failed, unattended } = circumstances;
  if (session.status !== 'active' || !isPast(session.credentialsExpireAt, now)) return false;
  const mayStillRenew =
    unattended() && (failed === undefined || now - failed.failingSince < graceAfterExpiry);
  return !mayStillRenew;
}

export function isRenewalDue(
  session: Session,
  { now, failed }: Pick<Circumstances, 'now' | 'failed'>,
): boolean {
  return (
    session.status === 'active' && isPast(session.renewAt, now) && (failed?.notBefore ?? 0) <= now
  );
}

/** Whether any rule can ever apply to the session without another change of it. */
export function isWatched({ status, validUntil, archivedAt }: Session): boolean {
  return status !== 'inactive' || (validUntil !== undefined && archivedAt === undefined);
}

/** When a rule may begin to apply. */
export function deadlinesOf(
  session: Session,
  { idleEndsAt, failed }: Pick<Circumstances, 'idleEndsAt' | 'failed'>,
): readonly number[] {
  return [
    instant(session.archivedAt === undefined ? session.validUntil : undefined),
    instant(session.run?.endsAt),
    idleEndsAt,
    instant(session.credentialsExpireAt),
    instant(session.renewAt),
    failed?.notBefore,
  ].filter((deadline) => deadline !== undefined);
}

function end(reason: EndReason, message: string): Duty {
  return { kind: 'end', reason, message };
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

function isPast(text: string | undefined, now: number): boolean {
  return (instant(text) ?? Infinity) <= now;
}
