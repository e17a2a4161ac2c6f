import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { DeliveryRouter } from '../delivery/router.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { ProviderRequest } from '../providers/provider.ts';
import type { Providers } from '../providers/providers.ts';
import type { RunCredentials } from './run-credentials.ts';
import type { SessionRepository } from './session-repository.ts';

/** What starting, rotating and ending a run work with. */
export interface RunContext {
  readonly repository: SessionRepository;
  readonly providers: Providers;
  readonly delivery: DeliveryRouter;
  readonly credentials: RunCredentials;
  readonly prompts: PromptService;
  readonly history: History;
  readonly settings: () => Settings;
  /** The machine's, for instants that people read. */
  readonly clock: Clock;
  /** Deadlines and lifetimes are counted by it. */
  readonly elapsed: Clock;
  readonly log: Log;
  /** Counts operations; tests of parts go without. */
  readonly metrics?: Pick<Metrics, 'noteOperation'>;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Throws Problem 'owner-ending' once this process starts nothing any more. */
  readonly admit: () => void;
}

/** How long a start and a rotation wait for a person, in milliseconds. */
export const answerTime = 5 * 60_000;

/** Asks questions about a session until `deadline`, in milliseconds since the epoch. */
export function questionsAbout(
  { prompts }: { readonly prompts: Pick<PromptService, 'ask' | 'open'> },
  { sessionId }: Pick<Session, 'sessionId'>,
  deadline: number,
  signal: AbortSignal,
): Pick<ProviderRequest<Session>, 'ask' | 'open'> {
  return {
    ask: (question, until = signal) => prompts.ask({ ...question, sessionId, deadline }, until),
    open: (question) => prompts.open({ ...question, sessionId, deadline }, signal),
  };
}

/** How the history names a session and its run. */
export function named({ sessionId, sessionName, run }: Session) {
  return { sessionId, sessionName, ...(run === undefined ? {} : { runId: run.id }) };
}
