import { awaitsRenewal, isUnderWay } from '../../models/run-state.ts';
import type { Session } from '../../models/session.ts';
import { snapshotOf } from '../history/changed-fields.ts';
import type { Credentials } from '../../models/credentials.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import { providerFor } from '../providers/providers.ts';
import { endRun, supersede } from './end.ts';
import { momentOf } from '../clock/moment.ts';
import { answerTime, named, questionsAbout, type RunContext } from './run-context.ts';
import {
  cancelled,
  failureOf,
  nextStep,
  personNeeded,
  refuseArchived,
} from './session-problems.ts';
import { limitsAtStart } from './run-limits.ts';
import { rotateRun } from './rotate.ts';
import { refuseUnseenLimits } from './unseen-readers.ts';
import { effective } from './session-record.ts';
import { askedOnce, writtenIfSlow } from './begun-run.ts';
import { shortenedText } from './shortened-role.ts';
import type { StartOptions } from './start-outcome.ts';
import { beginRun, delivered } from './transitions.ts';

/**
 * Starts a run: provider, delivery, active. An active session is left alone; one whose credentials
 * expired is renewed, and a failure leaves it pending. Any other failure ends the run
 * as `failed` or `cancelled` and is thrown: see the provider and the delivery, and Problem
 * 'invalid-request', 'session-archived', 'vault-locked', 'person-needed', 'session-ended'.
 * `onFailure` is called before the end is written.
 */
export async function startRun(
  context: RunContext,
  sessionId: string,
  options: StartOptions,
  signal: AbortSignal,
  onFailure: () => void,
): Promise<Session> {
  const { repository, delivery, clock, elapsed, requireVault } = context;
  const session = repository.get(sessionId);
  if (session.status === 'active') return session;
  refuseArchived(session, clock.now());
  const provider = providerFor(context.providers, session);
  if (options.unattended === true && !provider.unattended(session)) throw personNeeded(session);
  if (awaitsRenewal(session)) {
    return await rotateRun(context, sessionId, options.by, signal, options.replaceSection);
  }
  refuseUnseenLimits(session, delivery.kindOf(session));
  requireVault();
  await delivery.prepare(session, {
    replaceSection: options.replaceSection ?? false,
    supersedes: conflictingWith(context, session),
  });
  const pending = await repository.beginRun(sessionId, (now) =>
    beginRun(now, momentOf(context), {
      delivery: delivery.kindOf(now),
      limits: limitsAtStart(now, context.settings(), delivery.kindOf(now)),
      untilLastLease: options.untilLastLease,
      replacesSection: options.replaceSection,
    }),
  );
  const deadline = elapsed.now() + answerTime;
  try {
    const issued = await writtenIfSlow(context, sessionId, (written) =>
      provider.obtain({
        session: pending,
        fresh: false,
        attended: options.unattended !== true,
        screen: options.screen,
        signal,
        deadline,
        ...askedOnce(written, questionsAbout(context, pending, deadline, signal)),
      }),
    );
    return await delivery.withNameLock(pending, async () => {
      signal.throwIfAborted();
      return await deliver(context, pending, issued, options);
    });
  } catch (error) {
    onFailure();
    const [reason, message] = failureOf(error, signal);
    const next = reason === 'failed' ? nextStep(error) : undefined;
    await endRun(context, sessionId, { reason, message, next, by: options.by });
    throw reason === 'cancelled' ? cancelled(session, message) : error;
  }
}

/**
 * What is on disk before what: the credentials in the vault before the user's file has them, so that the
 * next owner continues; the journal before the user's file, so that nothing of ours is ever in it unknown
 * (`SectionWriter.write`); and all of them before the workspace and the answer say that the session is
 * active. A crash in between leaves an inactive session, and what the journal and the vault have of it is
 * removed at the next start of the owner.
 */
async function deliver(
  context: RunContext,
  pending: Session,
  issued: IssuedCredentials<Credentials>,
  { by, replaceSection = false }: StartOptions,
): Promise<Session> {
  const { repository, delivery, credentials, history } = context;
  const { sessionId } = pending;
  const supersedes = conflictingWith(context, pending);
  await credentials.keep(sessionId, issued);
  await delivery.write(pending, issued.credentials, { replaceSection, supersedes });
  for (const conflictingId of supersedes) await supersede(context, conflictingId, pending, by);
  const active = await repository.changeRun(sessionId, (now) =>
    delivered(now, issued, momentOf(context)),
  );
  const message = shortenedText(active);
  history.append({
    kind: 'session-started',
    ...named(active),
    by,
    snapshot: snapshotOf(active),
    ...(message === undefined ? {} : { message }),
  });
  return active;
}

/** The running sessions that cannot stay active beside `session`. */
function conflictingWith(
  { repository, delivery }: RunContext,
  session: Session,
): readonly string[] {
  return repository
    .all()
    .filter(isUnderWay)
    .map(effective)
    .filter((other) => delivery.conflicting(session, other))
    .map(({ sessionId }) => sessionId);
}
