import { setTimeout as wait } from 'node:timers/promises';
import { allSessions, connect, OwnerFailure, Problem, type Schemas } from 'stint/client';
import * as vscode from 'vscode';

type Session = Schemas['Session'];

const stint = connect();

/** Between two tries to reach an agent, in milliseconds. */
const pause = 5_000;

export function activate(context: vscode.ExtensionContext): void {
  const status = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  status.command = 'stint.stop';
  const following = new AbortController();
  context.subscriptions.push(
    status,
    vscode.commands.registerCommand('stint.start', () => choose('start')),
    vscode.commands.registerCommand('stint.stop', () => choose('stop')),
    { dispose: () => following.abort() },
  );
  follow(status, following.signal).catch(() => undefined);
}

/** Shows the sessions after each change, also after the agent was away, until the signal ends it. */
async function follow(status: vscode.StatusBarItem, signal: AbortSignal): Promise<never> {
  let lastEventId: string | undefined;
  for (;;) {
    try {
      // The first sign comes as soon as the stream is open, so no change is missed.
      const onSign = () => void show(status);
      for await (const { id } of stint.events({ signal, lastEventId, onSign })) lastEventId = id;
    } catch (error) {
      showFailure(status, error);
    }
    await wait(pause, undefined, { signal });
  }
}

async function show(status: vscode.StatusBarItem): Promise<void> {
  try {
    const { items } = await allSessions(stint, { active: 'true' });
    const names = items.map(({ sessionName }) => sessionName);
    status.text = names.length === 0 ? 'Stint' : `$(key) ${names.join(', ')}`;
    status.tooltip = items.map((one) => `${one.sessionName}: ${untilText(one)}`).join('\n');
    status.show();
  } catch (error) {
    showFailure(status, error);
  }
}

function showFailure(status: vscode.StatusBarItem, error: unknown): void {
  status.text = error instanceof OwnerFailure ? 'Stint: no agent' : 'Stint: $(warning)';
  status.tooltip = words(error);
  status.show();
}

function untilText({ credentialsExpireAt }: Session): string {
  return credentialsExpireAt === undefined
    ? 'active'
    : `until ${new Date(credentialsExpireAt).toLocaleTimeString()}`;
}

/** Offers the sessions that allow it, and does it. */
async function choose(action: 'start' | 'stop'): Promise<void> {
  try {
    const { items } = await allSessions(stint);
    const offered = items.filter(({ actions }) => actions.includes(action));
    const chosen = await vscode.window.showQuickPick(
      offered.map((session) => ({
        label: session.sessionName,
        description: session.type,
        sessionId: session.sessionId,
      })),
      { title: action === 'start' ? 'Start a session' : 'Stop a session' },
    );
    if (chosen === undefined) return;
    const { sessionId: id } = chosen;
    if (action === 'stop') {
      await stint.request('POST', '/v1/sessions/{id}/stop', { path: { id } });
      return;
    }
    const { prompts = [] } = (await stint.request('POST', '/v1/sessions/{id}/start', {
      path: { id },
    })) as { readonly prompts?: readonly Schemas['Prompt'][] };
    for (const prompt of prompts) await answer(prompt);
  } catch (error) {
    void vscode.window.showErrorMessage(words(error));
  }
}

/** Asks for an MFA code. Other questions are for Stint's own window. */
async function answer({ promptId, kind, text }: Schemas['Prompt']): Promise<void> {
  if (kind !== 'mfa') {
    void vscode.window.showInformationMessage(`${text} Answer it with: stint ui`);
    return;
  }
  const value = await vscode.window.showInputBox({ prompt: text, ignoreFocusOut: true });
  const body = value === undefined ? ({ cancel: true } as const) : { answer: value };
  await stint.request('POST', '/v1/prompts/{id}', { path: { id: promptId }, body });
}

/** What happened and what to do next. */
function words(error: unknown): string {
  if (error instanceof Problem) return `${error.details.detail} ${error.details.next}`;
  if (error instanceof OwnerFailure) return `${error.message} ${error.next}`;
  return String(error);
}
