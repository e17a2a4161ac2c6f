import { reportedOffset } from '../../models/clock-offset.ts';
import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import { forcedEnd } from '../sessions/run-clock.ts';
import { named } from '../sessions/run-context.ts';
import type { SchedulerParts } from './scheduler-parts.ts';

type Parts = Pick<SchedulerParts, 'clock' | 'elapsed' | 'repository' | 'runner' | 'history'>;

/** Instants that differ by less, in milliseconds, are the same to a person. */
const same = 1_500;

/** Says once that a run ends soon. */
export async function warnOfEnd(
  { repository, clock, elapsed, history }: Parts,
  { sessionId, run }: Session,
): Promise<void> {
  const warned = await repository.changeRun(sessionId, (session) =>
    session.run === undefined || session.run.id !== run?.id
      ? session
      : { ...session, run: { ...session.run, warnedAt: toInstant(clock.now()) } },
  );
  if (warned.run === undefined || warned.run.id !== run?.id) return;
  const end = forcedEnd(warned, -(elapsed.offset ?? 0));
  if (end === undefined) return;
  const left = roughDuration(end - elapsed.now());
  const message =
    warned.run.limits?.maxSessionSeconds === undefined
      ? `It ends in ${left}.`
      : `It ends in ${left}. Extend it: stint extend ${sessionId}`;
  history.append({ kind: 'session-ending', ...named(warned), message, by: 'stint' });
}

/** Ends the run of a session whose validity is over, and sets it aside. */
export async function archive(
  { repository, clock, runner, history }: Parts,
  { sessionId, status }: Session,
): Promise<void> {
  const message = 'The validity of the session ended.';
  if (status !== 'inactive') {
    await runner.end(sessionId, { reason: 'valid-until', message, by: 'stint' });
  }
  const archivedAt = toInstant(clock.now());
  const archived = await repository.changeDefinition(sessionId, (current) => {
    const { validUntil } = current;
    const isOver = validUntil !== undefined && Date.parse(validUntil) <= Date.parse(archivedAt);
    return isOver ? { ...current, archivedAt } : current;
  });
  if (archived.archivedAt !== archivedAt) return;
  const { sessionName } = archived;
  const changes = [{ field: 'archivedAt', to: archivedAt }];
  history.append({
    kind: 'session-updated',
    sessionId,
    sessionName,
    message,
    changes,
    by: 'stint',
  });
}

/** Somebody set the machine's clock: what people read of the run is by the clock it shows now. */
export async function showByMachine(
  { repository, elapsed }: Parts,
  { sessionId }: Session,
): Promise<void> {
  const machineAhead = -(elapsed.offset ?? 0);
  await repository.changeRun(sessionId, (session) => {
    const { run } = session;
    if (run?.elapsed === undefined) return session;
    const end = forcedEnd(session, machineAhead);
    const endsAt = end === undefined ? undefined : Math.round(end + machineAhead);
    const isOtherEnd =
      endsAt !== undefined && Math.abs(endsAt - Date.parse(run.endsAt ?? '')) >= same;
    const { serviceAhead } = run.elapsed;
    const seconds =
      serviceAhead === undefined ? undefined : reportedOffset(serviceAhead - machineAhead);
    const { clockOffsetSeconds, ...rest } = session;
    if (!isOtherEnd && seconds === clockOffsetSeconds) return session;
    return {
      ...rest,
      ...(seconds === undefined ? {} : { clockOffsetSeconds: seconds }),
      ...(isOtherEnd ? { run: { ...run, endsAt: toInstant(endsAt) } } : {}),
    };
  });
}

/** The sessions whose credentials expire first come first. */
export function byUrgency(a: Session, b: Session): number {
  return expiryOf(a) - expiryOf(b);
}

function expiryOf({ credentialsExpireAt }: Session): number {
  return credentialsExpireAt === undefined ? Infinity : Date.parse(credentialsExpireAt);
}
