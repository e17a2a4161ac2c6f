import { v4 as uuid } from 'uuid';
import { reportedOffset } from '../../models/clock-offset.ts';
import { nextStatus, type EndReason, type LifecycleEvent } from '../../models/lifecycle.ts';
import { renewalAdvance, renewalInterval, renewalMargin } from '../../models/renewal.ts';
import type { Limits } from '../../models/session-fields.ts';
import type { Run, Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Credentials } from '../../models/credentials.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import type { Moment } from '../clock/moment.ts';
import { startOf } from './run-clock.ts';
import { endOfRun } from './run-limits.ts';

/*
 * What each lifecycle event does to a session, as values: nothing here touches a file or a cloud.
 * The table in models/lifecycle.ts decides whether an event may happen at all.
 */

/** Thrown for a step the lifecycle table does not have: a bug, not something a person did. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}

function step(session: Session, event: LifecycleEvent): Session['status'] {
  const status = nextStatus(session.status, event);
  if (status === undefined) {
    throw new IllegalTransition(`${session.sessionId}: ${event} while ${session.status}`);
  }
  return status;
}

/** A run begins: its limits and delivery are fixed here. */
export function beginRun(
  session: Session,
  now: Moment,
  {
    delivery,
    limits,
    untilLastLease = false,
    replacesSection = false,
  }: {
    delivery: string;
    limits: Limits;
    untilLastLease?: boolean | undefined;
    replacesSection?: boolean | undefined;
  },
): Session {
  const status = step(session, 'start');
  const endsAt = endOfRun(now.machine, limits, session.validUntil);
  const run: Run = {
    id: uuid(),
    startedAt: toInstant(now.machine),
    elapsed: { startedAt: now.elapsed },
    ...(endsAt === undefined ? {} : { endsAt: toInstant(endsAt) }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(untilLastLease ? { untilLastLease } : {}),
    ...(replacesSection ? { replacesSection } : {}),
    delivery,
  };
  return { ...session, status, run };
}

/** Somebody wants the session for itself: the run no longer ends with its last lease. */
export function keptOn(session: Session): Session {
  if (session.run === undefined) return session;
  const { untilLastLease, ...run } = session.run;
  return { ...session, run };
}

/** Credentials are where tools look: the session is active from now on. */
export function delivered(
  session: Session,
  issued: IssuedCredentials<Credentials>,
  now: Moment,
): Session {
  const counted = { activeAt: now.elapsed, serviceAhead: issued.clockOffset ?? 0 };
  return {
    ...withoutOffset(session),
    status: step(session, 'delivered'),
    startDateTime: toInstant(now.machine),
    ...withElapsed(session.run, counted),
    ...renewal(session, issued, now),
  };
}

/** Fresh credentials took the place of the old ones; `startDateTime` stays. */
export function rotated(
  session: Session,
  issued: IssuedCredentials<Credentials>,
  now: Moment,
): Session {
  const status = step(session, 'rotated');
  return {
    ...withoutOffset(session),
    status,
    ...renewedRun(session, issued),
    rotatedAt: toInstant(now.machine),
    ...renewal(session, issued, now),
  };
}

/** Its credentials can no longer be used, and fresh ones are not there yet. */
export function expired(session: Session, now: Moment): Session {
  const status = step(session, 'expired');
  const { run } = withElapsed(session.run, { expiredAt: now.elapsed });
  const expiredAt = toInstant(now.machine);
  return { ...session, status, ...(run === undefined ? {} : { run: { ...run, expiredAt } }) };
}

/** `now`: by the machine's clock. */
export function ended(
  session: Session,
  {
    reason,
    message,
    next,
  }: {
    readonly reason: EndReason;
    readonly message: string;
    readonly next?: string | undefined;
  },
  now: number,
): Session {
  const { run, runFields, rotatedAt, renewAt, credentialsExpireAt, clockOffsetSeconds, ...rest } =
    session;
  return {
    ...rest,
    status: step(session, 'ended'),
    lastEnd: { reason, at: toInstant(now), message, ...(next === undefined ? {} : { next }) },
  };
}

function renewedRun(
  { run }: Session,
  { clockOffset = 0 }: IssuedCredentials<Credentials>,
): { readonly run?: Run } {
  if (run === undefined) return {};
  const { expiredAt, renewalFailure, ...rest } = run;
  return withElapsed(rest, { serviceAhead: clockOffset });
}

function withElapsed(
  run: Run | undefined,
  more: Partial<NonNullable<Run['elapsed']>>,
): { readonly run?: Run } {
  if (run === undefined) return {};
  return { run: { ...run, elapsed: { startedAt: startOf(run), ...run.elapsed, ...more } } };
}

function withoutOffset({ clockOffsetSeconds, ...session }: Session): Session {
  return session;
}

function renewal(
  { sessionId }: Session,
  { credentials, grantedSeconds, ...issued }: IssuedCredentials<Credentials>,
  { machine, elapsed }: Moment,
) {
  const { clockOffset = 0 } = issued;
  const now = elapsed + clockOffset;
  const offset = reportedOffset(now - machine);
  const expires = Date.parse(credentials.expiration);
  const secondsBefore = renewalMargin(grantedSeconds) + renewalAdvance(grantedSeconds, sessionId);
  return {
    duration: renewalInterval((expires - now) / 1000, grantedSeconds),
    renewAt: toInstant(Math.max(now, expires - secondsBefore * 1000)),
    credentialsExpireAt: credentials.expiration,
    ...(offset === undefined ? {} : { clockOffsetSeconds: offset }),
    ...(issued.roleSecondsGranted === undefined
      ? {}
      : { roleSecondsGranted: issued.roleSecondsGranted }),
    ...issued.chosen,
  };
}
