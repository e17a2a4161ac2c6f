import type { EventLog } from '../events/event-log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import type { History } from './history.ts';

/** Notes every question and how it ended; never what was answered. */
export function recordPrompts(
  prompts: PromptService,
  events: EventLog,
  history: History,
  workspace: WorkspaceStore,
): void {
  const asked = new Map<string, { sessionId?: string; sessionName?: string; runId?: string }>();
  prompts.watch(({ promptId, sessionId, text }) => {
    const session = sessionId === undefined ? undefined : workspace.session(sessionId);
    const about = {
      ...(session === undefined
        ? {}
        : { sessionId: session.sessionId, sessionName: session.sessionName }),
      ...(session?.run === undefined ? {} : { runId: session.run.id }),
    };
    asked.set(promptId, about);
    history.append({ kind: 'prompt-raised', ...about, message: text, by: 'stint' });
  });
  events.subscribe(({ event }) => {
    if (event.type !== 'prompt-closed') return;
    history.append({
      kind: 'prompt-closed',
      ...asked.get(event.promptId),
      message: event.outcome,
      by: 'stint',
    });
    asked.delete(event.promptId);
  });
}
