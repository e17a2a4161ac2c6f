import type { Prompt } from '../../models/prompt.ts';
import type { Screen } from '../../models/screen.ts';
import type { Session } from '../../models/session.ts';
import type { Finding, Leftover } from '../delivery/delivery.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { RunContext } from './run-context.ts';
import { effective, publicView } from './session-record.ts';
import { signInsOf } from './session-rules.ts';
import { refusedFindings } from './refused-resources.ts';
import { clockFindings } from './clock-findings.ts';
import { endpointFindings } from './endpoint-findings.ts';
import { shortenedFindings } from './shortened-role.ts';

export interface StartOptions {
  /** Who asked, for the history. */
  readonly by: string;
  /** The user agreed that a section of their own is moved aside until the session stops. */
  readonly replaceSection?: boolean;
  /** Names of the environment variables set where the command was typed. */
  readonly callerEnvironment?: readonly string[];
  /** Where a window that it needs is shown, instead of on the owner's own screen. */
  readonly screen?: Screen;
  /** It is started for one command: the run ends with its last lease, unless somebody else starts it too. */
  readonly untilLastLease?: boolean;
  /** Nobody is there to answer: a start that has to ask something is refused. */
  readonly unattended?: boolean;
}

export interface StartOutcome {
  readonly session: Session;
  /** Not empty: a person is needed, and the work continues once somebody answers. */
  readonly prompts: readonly Prompt[];
  readonly findings: readonly Finding[];
}

export interface StopOutcome {
  readonly session: Session;
  /** Until when copies of the credentials made elsewhere still work: AWS cannot revoke them. */
  readonly issuedUntil?: string;
  readonly leftovers: readonly Leftover[];
  /** False: the end could not be written to the history. */
  readonly historyWritten: boolean;
}

/**
 * Begins a start or rotation, and returns once the session is active or a person is needed for it;
 * the work continues then. Throws what the work throws until then.
 */
export async function outcomeOf(
  { repository, prompts, delivery, credentials, settings, log }: RunContext,
  sessionId: string,
  {
    begin,
    callerEnvironment,
  }: {
    readonly begin: () => Promise<Session>;
    readonly callerEnvironment?: readonly string[] | undefined;
  },
): Promise<StartOutcome> {
  const waitsFor = signInsOf(repository.get(sessionId), repository.all());
  const run = repository.awaitRun(sessionId);
  const work = begin();
  work.catch((error: unknown) => {
    log.warn('session.operation-failed', { sessionId, error });
  });
  try {
    await finishedOrAsked(work, prompts, waitsFor);
    // A sign-in that others wait for is a question that is open before this run has begun.
    await Promise.race([work, run.begun]);
  } finally {
    run.end();
  }
  const session = repository.get(sessionId);
  return {
    session: publicView(session),
    prompts: openPrompts(prompts, waitsFor),
    findings: [
      ...shortenedFindings(session),
      ...refusedFindings(session, (await credentials.get(sessionId))?.credentials),
      ...clockFindings(session),
      ...endpointFindings(session, settings(), callerEnvironment),
      ...(await delivery.inspect(effective(session), callerEnvironment ?? [])),
    ],
  };
}

/** The open questions about any of `ids`: sessions and integrations. */
export function openPrompts(prompts: PromptService, ids: ReadonlySet<string>): readonly Prompt[] {
  return prompts.list().filter((prompt) => concerns(prompt, ids));
}

function concerns({ sessionId, integrationId }: Prompt, ids: ReadonlySet<string>): boolean {
  return ids.has(sessionId ?? '') || ids.has(integrationId ?? '');
}

/** Resolves when `work` is done or a person is needed for it; throws what `work` throws until then. */
export async function finishedOrAsked(
  work: Promise<unknown>,
  prompts: PromptService,
  ids: ReadonlySet<string>,
): Promise<void> {
  let unwatch = (): unknown => undefined;
  const asked = new Promise<void>((resolve) => {
    if (openPrompts(prompts, ids).length > 0) resolve();
    unwatch = prompts.watch((prompt) => {
      if (concerns(prompt, ids)) resolve();
    });
  });
  try {
    await Promise.race([work, asked]);
  } finally {
    unwatch();
  }
}
