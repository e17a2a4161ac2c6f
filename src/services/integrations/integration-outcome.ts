import type { IntegrationView } from '../../models/integration.ts';
import type { Prompt } from '../../models/prompt.ts';
import { finishedOrAsked, openPrompts } from '../sessions/start-outcome.ts';
import type { IntegrationContext } from './integration-context.ts';

/** The result, or the questions that the work waits for. */
export interface IntegrationOutcome {
  readonly integration: IntegrationView;
  /** If not empty, somebody has to sign in; the work then continues. */
  readonly prompts: readonly Prompt[];
}

/** The sign-ins and syncs under way. */
export class IntegrationWork {
  readonly #context: IntegrationContext;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(context: IntegrationContext) {
    this.#context = context;
  }

  /** Returns once `work` is done or a person is needed for it. Throws what `work` throws until then. */
  async outcome(integrationId: string, work: Promise<unknown>): Promise<IntegrationOutcome> {
    const { prompts, log, repository } = this.#context;
    work.catch((error: unknown) => {
      log.warn('integration.operation-failed', { integrationId, error });
    });
    this.#underWay.add(work);
    void work.catch(() => undefined).finally(() => this.#underWay.delete(work));
    const waitsFor = new Set([integrationId]);
    await finishedOrAsked(work, prompts, waitsFor);
    return {
      integration: repository.view(integrationId),
      prompts: openPrompts(prompts, waitsFor),
    };
  }

  /** Resolves once no sign-in and no sync is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }
}
