import type { AwsSsoIntegration, Integration } from '../../models/integration.ts';
import type { EndReason } from '../../models/lifecycle.ts';
import { isUnderWay } from '../../models/run-state.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import { dependentsOfIntegration } from '../sessions/session-rules.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';
import type { AzureSource } from './azure/azure-source.ts';
import type { IntegrationRepository } from './integration-repository.ts';
import type { IntegrationSource } from './source.ts';

/** What the operations on integrations work with. */
export interface IntegrationContext {
  readonly repository: IntegrationRepository;
  readonly sessions: SessionRepository;
  readonly runner: SessionRunner;
  readonly sources: {
    readonly awsSso: IntegrationSource<AwsSsoIntegration>;
    readonly azure: AzureSource;
  };
  readonly prompts: PromptService;
  readonly settings: () => Settings;
  /** The ids of sessions with a published profile. Throws Problem 'file-unreadable'. */
  readonly published: () => Promise<ReadonlySet<string>>;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Aborted, with a Problem, when the owner ends. */
  readonly signal: AbortSignal;
}

/** Calls `work` with the source of the integration's kind. */
export function withSource<T>(
  { sources: { awsSso, azure } }: IntegrationContext,
  integration: Integration,
  work: <I extends Integration>(source: IntegrationSource<I>, integration: I) => T,
): T {
  return integration.kind === 'awsSso' ? work(awsSso, integration) : work(azure, integration);
}

/** Gives the active sessions of an integration new tokens. One that fails keeps its old ones. */
export async function renewSessions(
  { sessions, runner, log }: IntegrationContext,
  integrationId: string,
): Promise<void> {
  for (const session of dependentsOfIntegration(integrationId, sessions.all())) {
    if (!isUnderWay(session)) continue;
    const { sessionId } = session;
    await runner.rotate(sessionId, 'stint').catch((error: unknown) => {
      log.warn('session.operation-failed', { sessionId, error });
    });
  }
}

/** Ends the sessions of an integration, and all that depend on them. */
export async function endSessions(
  { sessions, runner }: IntegrationContext,
  integrationId: string,
  why: { readonly reason: EndReason; readonly message: string; readonly by: string },
): Promise<void> {
  for (const { sessionId, status } of dependentsOfIntegration(integrationId, sessions.all())) {
    if (status !== 'inactive') await runner.end(sessionId, why);
  }
}
