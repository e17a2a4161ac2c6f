import { durationText } from '../../models/duration.ts';
import { Problem } from '../../models/problem.ts';
import { isUnderWay } from '../../models/run-state.ts';
import type { Run, Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import { named, type RunContext } from './run-context.ts';
import { forcedEnd, startOf } from './run-clock.ts';
import { refuseArchived } from './session-problems.ts';
import { effective } from './session-record.ts';

/**
 * Gives a run that has a maximum duration `seconds` more. Throws Problem 'not-found',
 * 'session-archived', 'session-not-active', 'not-extendable', 'file-unwritable'.
 */
export async function extendRun(
  { repository, settings, clock, elapsed, history }: RunContext,
  sessionId: string,
  { seconds, by }: { readonly seconds: number; readonly by: string },
): Promise<Session> {
  const extended = await repository.changeRun(sessionId, (session) => {
    refuseArchived(session, clock.now());
    return {
      ...session,
      run: longerRun(session, seconds, settings().maxExtendedSeconds, -(elapsed.offset ?? 0)),
    };
  });
  const message = `Extended by ${durationText(seconds)}, until ${extended.run?.endsAt ?? ''}.`;
  history.append({ kind: 'session-extended', ...named(extended), message, by });
  return extended;
}

/** Whether its run may last even a second longer. `longest`: of an extended run, in seconds. */
export function isExtendable(session: Session, longest: number, machineAhead: number): boolean {
  // What is true of nearly all of a list: the reason why not costs more than the rest of their entries.
  if (!isUnderWay(session) || effective(session).limits?.maxSessionSeconds === undefined) {
    return false;
  }
  try {
    longerRun(session, 1, longest, machineAhead);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function longerRun(session: Session, seconds: number, longest: number, machineAhead: number): Run {
  const { limits, sessionId, sessionName } = effective(session);
  const { run } = session;
  if (run === undefined || !isUnderWay(session)) {
    throw new Problem('session-not-active', {
      detail: `Session ${sessionName} is not active, so it has no run to extend.`,
      next: `Start it: stint start ${sessionId}`,
      sessionId,
    });
  }
  const refused = (detail: string, next: string) =>
    new Problem('not-extendable', { detail: `Session ${sessionName} ${detail}`, next, sessionId });
  if (limits?.maxSessionSeconds === undefined) {
    throw refused(
      'has no maximum duration, so there is nothing to extend.',
      'It is renewed until you stop it.',
    );
  }
  const maxSessionSeconds = limits.maxSessionSeconds + seconds;
  if (maxSessionSeconds > longest) {
    const left = Math.max(0, longest - limits.maxSessionSeconds);
    throw refused(
      `may last ${durationText(longest)} in all, so ${left === 0 ? 'it cannot be extended any more' : `only ${durationText(left)} can be added`}.`,
      left === 0
        ? `Start a new run: stint stop ${sessionId}; stint start ${sessionId}`
        : `Extend it by less: stint extend ${sessionId} --by ${left}`,
    );
  }
  const { warnedAt, ...rest } = run;
  const longer = {
    elapsed: { startedAt: startOf(run) },
    ...rest,
    limits: { ...limits, maxSessionSeconds },
  };
  const end = forcedEnd({ ...session, run: longer }, machineAhead) ?? 0;
  const endsAt = toInstant(Math.round(end + machineAhead));
  if (end === forcedEnd(session, machineAhead)) {
    throw refused(
      `is valid until ${endsAt}, and its run ends then.`,
      `Give it a later end for the next run: stint session edit ${sessionId} --valid-until TIME`,
    );
  }
  return { ...longer, endsAt };
}
