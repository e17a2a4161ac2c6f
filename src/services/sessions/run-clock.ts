import type { Session } from '../../models/session.ts';

/*
 * What the clocks say of a run. Instants in milliseconds of elapsed time, unless a name says whose clock
 * it is; `machineAhead`: milliseconds by which the machine's clock is ahead of elapsed time.
 */

/** The time at the service, by the difference that the credentials of the run were issued with. */
export function serviceTime(
  { run, clockOffsetSeconds = 0 }: Pick<Session, 'run' | 'clockOffsetSeconds'>,
  elapsed: number,
): number {
  return elapsed + (run?.elapsed?.serviceAhead ?? clockOffsetSeconds * 1000);
}

/** When the run began. */
export function startOf(run: NonNullable<Session['run']>): number {
  return run.elapsed?.startedAt ?? Date.parse(run.startedAt);
}

/** When the session was first active in its run. */
export function activeSince({ run, startDateTime }: Session): number {
  return run?.elapsed?.activeAt ?? Date.parse(startDateTime);
}

/** Since when its credentials cannot be used, where they expired. */
export function expiredSince({ run }: Session): number | undefined {
  if (run?.expiredAt === undefined) return undefined;
  return run.elapsed?.expiredAt ?? Date.parse(run.expiredAt);
}

/**
 * When the limits of the run end it by force: its maximum duration by elapsed time, the validity that the
 * session had at its start by the machine's clock.
 */
export function forcedEnd(session: Session, machineAhead: number): number | undefined {
  const { run } = session;
  if (run?.endsAt === undefined) return undefined;
  // A run of an earlier version, which counted by the machine's clock.
  if (run.elapsed === undefined) return Date.parse(run.endsAt) - machineAhead;
  // Its own, without a copy of the session: this is asked at every check of every run.
  const { maxSessionSeconds } = run.limits ?? {};
  const validUntil = (session.runFields ?? session)['validUntil'];
  const ends = [
    maxSessionSeconds === undefined ? [] : startOf(run) + maxSessionSeconds * 1000,
    typeof validUntil === 'string' ? Date.parse(validUntil) - machineAhead : [],
  ].flat();
  return ends.length === 0 ? Date.parse(run.endsAt) - machineAhead : Math.min(...ends);
}
