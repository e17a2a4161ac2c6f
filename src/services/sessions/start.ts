import { fieldsOf, type Session } from '../../models/session.ts';
import type { Credentials } from '../../models/credentials.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import { providerFor } from '../providers/providers.ts';
import { endRun, supersede } from './end.ts';
import { askAbout, named, type RunContext } from './run-context.ts';
import { cancelled, failureOf, personNeeded, refuseArchived } from './session-problems.ts';
import { effective } from './session-record.ts';
import { shortenedText } from './shortened-role.ts';
import type { StartOptions } from './start-outcome.ts';
import { beginRun, delivered } from './transitions.ts';

/** How long a start and a rotation wait for a person, in milliseconds. */
export const answerTime = 5 * 60_000;

/**
 * Starts a run: provider, delivery, active. An active session is left alone. A failure ends the run
 * as `failed` or `cancelled` and is thrown: see the provider and the delivery, and Problem
 * 'session-archived', 'vault-locked', 'person-needed', 'session-ended'.
 */
export async function startRun(
  context: RunContext,
  sessionId: string,
  options: StartOptions,
  signal: AbortSignal,
): Promise<Session> {
  const { repository, delivery, clock, requireVault } = context;
  const session = repository.get(sessionId);
  if (session.status === 'active') return session;
  refuseArchived(session, clock.now());
  const provider = providerFor(context.providers, session);
  requireVault();
  if (options.unattended === true && !provider.unattended(session)) throw personNeeded(session);
  await delivery.prepare(session, {
    replaceSection: options.replaceSection ?? false,
    supersedes: conflictingWith(context, session),
  });
  const pending = await repository.changeRun(sessionId, (now) =>
    beginRun(now, clock.now(), options.untilLastLease),
  );
  const deadline = clock.now() + answerTime;
  try {
    const issued = await provider.obtain({
      session: pending,
      fresh: false,
      attended: options.unattended !== true,
      signal,
      deadline,
      ask: askAbout(context, pending, deadline, signal),
    });
    return await delivery.withNameLock(pending, async () => {
      signal.throwIfAborted();
      return await deliver(context, pending, issued, options);
    });
  } catch (error) {
    const [reason, message] = failureOf(error, signal);
    await endRun(context, sessionId, { reason, message, by: options.by });
    throw reason === 'cancelled' ? cancelled(session, message) : error;
  }
}

async function deliver(
  context: RunContext,
  pending: Session,
  issued: IssuedCredentials<Credentials>,
  { by, replaceSection = false }: StartOptions,
): Promise<Session> {
  const { repository, delivery, credentials, clock, history } = context;
  const { sessionId } = pending;
  const supersedes = conflictingWith(context, pending);
  await credentials.keep(sessionId, issued);
  await delivery.write(pending, issued.credentials, { replaceSection, supersedes });
  for (const conflictingId of supersedes) await supersede(context, conflictingId, pending, by);
  const active = await repository.changeRun(sessionId, (now) =>
    delivered(now, issued, clock.now()),
  );
  const snapshot = { ...fieldsOf(active) };
  const message = shortenedText(active);
  history.append({
    kind: 'session-started',
    ...named(active),
    by,
    snapshot,
    ...(message === undefined ? {} : { message }),
  });
  return active;
}

/** The active sessions that cannot stay active beside `session`. */
function conflictingWith(
  { repository, delivery }: RunContext,
  session: Session,
): readonly string[] {
  return repository
    .all()
    .filter(({ status }) => status === 'active')
    .map(effective)
    .filter((other) => delivery.conflicting(session, other))
    .map(({ sessionId }) => sessionId);
}
