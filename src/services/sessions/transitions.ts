import { v4 as uuid } from 'uuid';
import { nextStatus, type EndReason, type LifecycleEvent } from '../../models/lifecycle.ts';
import { renewalInterval, renewalMargin } from '../../models/renewal.ts';
import type { Run, Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Credentials } from '../../models/credentials.ts';
import type { IssuedCredentials } from '../providers/provider.ts';

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

/** A run begins: its limits are fixed here. `now`: milliseconds since the epoch. */
export function beginRun(session: Session, now: number, untilLastLease = false): Session {
  const status = step(session, 'start');
  const limits = [
    session.limits?.maxSessionSeconds === undefined
      ? undefined
      : now + session.limits.maxSessionSeconds * 1000,
    session.validUntil === undefined ? undefined : Date.parse(session.validUntil),
  ].filter((limit) => limit !== undefined);
  const run: Run = {
    id: uuid(),
    startedAt: toInstant(now),
    ...(limits.length === 0 ? {} : { endsAt: toInstant(Math.min(...limits)) }),
    ...(untilLastLease ? { untilLastLease } : {}),
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
  now: number,
): Session {
  return {
    ...session,
    status: step(session, 'delivered'),
    startDateTime: toInstant(now),
    ...renewal(issued, now),
  };
}

/** Fresh credentials took the place of the old ones; `startDateTime` stays. */
export function rotated(
  session: Session,
  issued: IssuedCredentials<Credentials>,
  now: number,
): Session {
  return {
    ...session,
    status: step(session, 'rotated'),
    rotatedAt: toInstant(now),
    ...renewal(issued, now),
  };
}

export function ended(session: Session, reason: EndReason, message: string, now: number): Session {
  const { run, runFields, rotatedAt, renewAt, credentialsExpireAt, ...rest } = session;
  return {
    ...rest,
    status: step(session, 'ended'),
    lastEnd: { reason, at: toInstant(now), message },
  };
}

function renewal(
  { credentials, grantedSeconds, ...issued }: IssuedCredentials<Credentials>,
  now: number,
) {
  const expires = Date.parse(credentials.expiration);
  return {
    duration: renewalInterval((expires - now) / 1000, grantedSeconds),
    renewAt: toInstant(Math.max(now, expires - renewalMargin(grantedSeconds) * 1000)),
    credentialsExpireAt: credentials.expiration,
    ...(issued.roleSecondsGranted === undefined
      ? {}
      : { roleSecondsGranted: issued.roleSecondsGranted }),
    ...issued.chosen,
  };
}
