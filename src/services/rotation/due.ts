import type { EndReason } from '../../models/lifecycle.ts';
import { awaitsRenewal, isUnderWay } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import { expiredSince, forcedEnd, serviceTime, startOf } from '../sessions/run-clock.ts';

/*
 * What the clock demands of a session, as pure rules: each looks at the session and its
 * circumstances, and none touches a file or a cloud. Times in milliseconds of elapsed time, which nobody
 * sets; `validUntil` alone is by the machine's clock.
 */

/** What is known of the renewals of a run that failed one after the other. */
export interface FailedRenewal {
  readonly runId: string;
  readonly failures: number;
  /** When the next attempt may begin; Infinity once a person declined. */
  readonly notBefore: number;
  readonly failingSince: number;
  /** What the last one failed with. */
  readonly message: string;
}

export interface Circumstances {
  readonly now: number;
  /** Milliseconds by which the machine's clock is ahead of elapsed time: somebody set it. */
  readonly machineAhead: number;
  /**
   * Milliseconds by which the clock of the service is ahead now, where it is another difference than the
   * one its credentials were issued with.
   */
  readonly clockOffset?: number | undefined;
  /** When the run ends as idle; undefined without such a limit. */
  readonly idleEndsAt: number | undefined;
  /** Of the current run. */
  readonly failed: FailedRenewal | undefined;
  /** Whether a renewal needs nobody. */
  readonly unattended: () => boolean;
  /** How long credentials that have expired may be renewed, in milliseconds. */
  readonly renewAfterExpiry: number;
  /** How long before the end of a run its user is warned, in milliseconds; 0 for never. */
  readonly limitWarning: number;
}

export type Duty =
  | { readonly kind: 'archive' }
  | { readonly kind: 'end'; readonly reason: EndReason; readonly message: string }
  | { readonly kind: 'warn' }
  | { readonly kind: 'expire' }
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
    if (!mayStillRenew(session, circumstances)) return end('expired', expiredText(circumstances));
    if (session.status === 'active') return { kind: 'expire' };
  }
  if ((warningAt(session, circumstances) ?? Infinity) <= circumstances.now) return { kind: 'warn' };
  return isRenewalDue(session, circumstances) ? { kind: 'renew' } : undefined;
}

/** `validUntil` has passed and the session is not archived yet, whether it runs or not. */
function isValidityOver(
  session: Session,
  { now, machineAhead }: Pick<Circumstances, 'now' | 'machineAhead'>,
): boolean {
  return session.archivedAt === undefined && isPast(session.validUntil, now + machineAhead);
}

/** The limits that were fixed when the run began, whatever rotation says. */
function isDurationOver(
  session: Session,
  { now, machineAhead }: Pick<Circumstances, 'now' | 'machineAhead'>,
): boolean {
  return session.status !== 'inactive' && (forcedEnd(session, machineAhead) ?? Infinity) <= now;
}

/** When to warn that the run ends soon: with a third of a short run left. Undefined once it was done. */
function warningAt(
  session: Session,
  { limitWarning, machineAhead }: Pick<Circumstances, 'limitWarning' | 'machineAhead'>,
): number | undefined {
  const { run } = session;
  if (run === undefined || !isUnderWay(session) || limitWarning === 0) return undefined;
  const end = forcedEnd(session, machineAhead);
  if (end === undefined || run.warnedAt !== undefined) return undefined;
  return end - Math.min(limitWarning, (end - startOf(run)) / 3);
}

function isIdle(
  session: Session,
  { now, idleEndsAt = Infinity }: Pick<Circumstances, 'now' | 'idleEndsAt'>,
): boolean {
  return isUnderWay(session) && idleEndsAt <= now;
}

/** Whether its credentials can no longer be used. */
function isExpired(
  session: Session,
  circumstances: Pick<Circumstances, 'now' | 'clockOffset'>,
): boolean {
  if (awaitsRenewal(session)) return true;
  const [earliest] = timesOf(session, circumstances);
  return session.status === 'active' && isPast(session.credentialsExpireAt, earliest);
}

/** A session whose credentials have expired waits for a service to answer; never for a person. */
function mayStillRenew(session: Session, circumstances: Circumstances): boolean {
  const { now, failed, unattended, renewAfterExpiry } = circumstances;
  if (failed?.notBefore === Infinity || !unattended()) return false;
  return now < (expiredSince(session) ?? now) + renewAfterExpiry;
}

function expiredText({ failed }: Circumstances): string {
  const text = 'Its credentials could not be renewed in time.';
  return failed === undefined ? text : `${text} The last attempt: ${failed.message}`;
}

function isRenewalDue(
  session: Session,
  circumstances: Pick<Circumstances, 'now' | 'clockOffset' | 'failed'>,
): boolean {
  const { now, failed } = circumstances;
  const [, latest] = timesOf(session, circumstances);
  const isDue =
    awaitsRenewal(session) || (session.status === 'active' && isPast(session.renewAt, latest));
  return isDue && (failed?.notBefore ?? 0) <= now;
}

/**
 * The time at the service by the difference its credentials were issued with, and by the one measured
 * last; the earlier first. Clocks are corrected, and servers lie: either may be wrong. To renew too early
 * does no harm, and to end too early does.
 */
function timesOf(
  session: Session,
  { now, clockOffset }: Pick<Circumstances, 'now' | 'clockOffset'>,
): readonly [earliest: number, latest: number] {
  const issued = serviceTime(session, now);
  const measured = clockOffset === undefined ? issued : now + clockOffset;
  return [Math.min(issued, measured), Math.max(issued, measured)];
}

/** Whether any rule can ever apply to the session without another change of it. */
export function isWatched({ status, validUntil, archivedAt }: Session): boolean {
  return status !== 'inactive' || (validUntil !== undefined && archivedAt === undefined);
}

/** When a rule may begin to apply. */
export function deadlinesOf(
  session: Session,
  circumstances: Omit<Circumstances, 'unattended'>,
): readonly number[] {
  const { now, machineAhead, idleEndsAt, failed, renewAfterExpiry } = circumstances;
  const expiredAt = expiredSince(session);
  const [earliest, latest] = timesOf(session, circumstances);
  return [
    onThisMachine(session.archivedAt === undefined ? session.validUntil : undefined, -machineAhead),
    forcedEnd(session, machineAhead),
    idleEndsAt,
    onThisMachine(session.credentialsExpireAt, now - earliest),
    onThisMachine(session.renewAt, now - latest),
    failed?.notBefore,
    warningAt(session, circumstances),
    expiredAt === undefined ? undefined : expiredAt + renewAfterExpiry,
  ].filter((deadline) => deadline !== undefined);
}

function end(reason: EndReason, message: string): Duty {
  return { kind: 'end', reason, message };
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

function onThisMachine(text: string | undefined, behind: number): number | undefined {
  const at = instant(text);
  return at === undefined ? undefined : at + behind;
}

function isPast(text: string | undefined, now: number): boolean {
  return (instant(text) ?? Infinity) <= now;
}
