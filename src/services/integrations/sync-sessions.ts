import type { Integration, SyncFailure, SyncResult } from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import { fieldsOf } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import { changedFields, snapshotOf } from '../history/changed-fields.ts';
import type { History } from '../history/history.ts';
import { isCancelled } from '../network/sdk-error.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import type { IntegrationRepository } from './integration-repository.ts';
import { matchSessions } from './match-sessions.ts';
import type { Offered, OnProgress, SessionKind } from './source.ts';
import { syncResultText } from './sync-text.ts';

/** How often readers see the progress of a sync, in milliseconds. */
const progressStep = 100;

interface Parts {
  readonly repository: IntegrationRepository;
  readonly sessions: SessionRepository;
  readonly published: () => Promise<ReadonlySet<string>>;
  readonly history: History;
  readonly clock: Clock;
}

/**
 * Updates the sessions of `integration` to what `list` returns, and shows progress, result and
 * failure on the integration. Throws what `list` throws, the signal's reason, and Problem
 * 'file-unwritable'.
 */
export async function syncSessions<I extends Integration>(
  { repository, sessions, published, history, clock }: Parts,
  integration: I,
  {
    by,
    signal,
    write,
    list,
  }: {
    readonly by: string;
    readonly signal: AbortSignal;
    /** Runs `write` while nobody else changes the integration. */
    readonly write: <T>(write: () => Promise<T>) => Promise<T>;
    readonly list: (onProgress: OnProgress) => Promise<readonly [SessionKind<I>, Offered]>;
  },
): Promise<SyncResult> {
  const { integrationId } = integration;
  const startedAt = toInstant(clock.now());
  let lastShown = 0;
  const onProgress: OnProgress = (progress) => {
    const isLast = progress.done === progress.total;
    const now = clock.now();
    // The absolute value: a clock that was set back must not stop the progress.
    if (!isLast && Math.abs(now - lastShown) < progressStep) return;
    lastShown = now;
    repository.showSync(integrationId, { startedAt, ...progress });
  };
  repository.beginSync(integrationId);
  let failure: SyncFailure | undefined;
  try {
    const [kind, offered] = await list(onProgress);
    const result = await write(async () => {
      signal.throwIfAborted();
      const now = clock.now();
      const inUse = await published();
      const matched = await sessions.add((all) =>
        matchSessions(offered, {
          kind,
          sessions: all,
          integration,
          integrations: repository.all(),
          inUse,
          now,
        }),
      );
      history.appendAll(
        matched.add.map((session) => {
          const { sessionId, sessionName } = session;
          const snapshot = snapshotOf(session);
          return { kind: 'session-created', sessionId, sessionName, snapshot, by };
        }),
      );
      await changeFound({ sessions, history }, matched.change, by);
      await repository.change(integrationId, (current) => ({
        ...current,
        lastSync: toInstant(now),
        lastSyncResult: matched.result,
      }));
      return matched.result;
    });
    history.append({
      kind: 'integration-synced',
      message: `${integration.name}: ${syncResultText(result)}`,
      by,
    });
    return result;
  } catch (error) {
    failure = { at: toInstant(clock.now()), ...explain(error) };
    throw error;
  } finally {
    repository.endSync(integrationId, failure);
  }
}

/** Changes the sessions to what the source says of them, and notes which of their fields are others now. */
async function changeFound(
  { sessions, history }: Pick<Parts, 'sessions' | 'history'>,
  changes: Parameters<SessionRepository['changeAll']>[0],
  by: string,
): Promise<void> {
  const before = [...changes.keys()].flatMap((sessionId) => sessions.find(sessionId) ?? []);
  await sessions.changeAll(changes);
  history.appendAll(
    before.flatMap((old) => {
      const { sessionId } = old;
      const changed = sessions.find(sessionId);
      if (changed === undefined) return [];
      const fields = changedFields(fieldsOf(old), fieldsOf(changed));
      if (fields.length === 0) return [];
      const { sessionName } = changed;
      return [{ kind: 'session-updated', sessionId, sessionName, changes: fields, by } as const];
    }),
  );
}

function explain(error: unknown): Omit<SyncFailure, 'at'> {
  if (error instanceof Problem) {
    const { detail, next } = error.details;
    return { detail, next };
  }
  return isCancelled(error)
    ? { detail: 'The sign-in was cancelled.', next: 'Sync again to sign in.' }
    : { detail: 'Internal error. See the log for details.' };
}
