import type { Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { DeliveryRouter } from '../delivery/router.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import type { PromptService, Question } from '../prompts/prompt-service.ts';
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
  readonly clock: Clock;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Throws Problem 'owner-ending' once this process starts nothing any more. */
  readonly admit: () => void;
}

/** Asks questions about a session until `deadline`, in milliseconds since the epoch. */
export function askAbout(
  { prompts }: Pick<RunContext, 'prompts'>,
  { sessionId }: Session,
  deadline: number,
  signal: AbortSignal,
) {
  return (question: Omit<Question, 'sessionId' | 'deadline'>, until: AbortSignal = signal) =>
    prompts.ask({ ...question, sessionId, deadline }, until);
}

/** How the history names a session and its run. */
export function named({ sessionId, sessionName, run }: Session) {
  return { sessionId, sessionName, ...(run === undefined ? {} : { runId: run.id }) };
}
