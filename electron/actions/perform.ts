import { allSessions } from '../../src/client/all-sessions.ts';
import type { Client } from '../../src/client/client.ts';
import type { WindowRequest } from '../../src/models/window-request.ts';
import { explain } from '../explain.ts';
import { notify } from '../notifications/notify.ts';
import type { Runtime } from '../runtime.ts';
import { codeIn } from './copied-code.ts';
import type { ShellAction } from './shell-action.ts';

export interface ActionParts {
  readonly runtime: Pick<Runtime, 'app' | 'clipboard' | 'Notification' | 'shell'>;
  readonly client: Client;
  /** Throws Problem, and Error where no browser opens. */
  readonly openConsole: (sessionId: string) => Promise<void>;
  /** Opens the window: for a question that a start asks, and after a failure. */
  readonly open: (request?: WindowRequest) => void;
}

/**
 * Does what a click in the tray or on a notification asks for, through the HTTP app. Never rejects: a
 * failure is shown.
 */
export function createActions(parts: ActionParts): (action: ShellAction) => Promise<void> {
  const { runtime, open } = parts;
  const act = async (action: ShellAction): Promise<void> => {
    try {
      await perform(action, parts);
    } catch (error) {
      const failure = { title: 'Stint', body: explain(error), actions: [] };
      notify(runtime, { ...failure, click: { kind: 'show' } }, act);
      open();
    }
  };
  return act;
}

async function perform(action: ShellAction, parts: ActionParts): Promise<void> {
  const { runtime, client, openConsole, open } = parts;
  switch (action.kind) {
    case 'start':
    case 'rotate':
      await begin(action.kind, action.sessionId, parts);
      return;
    case 'stop':
      await stop(client, action.sessionId);
      return;
    case 'extend':
      await client.request('POST', '/v1/sessions/{id}/extend', {
        path: { id: action.sessionId },
        body: { seconds: action.seconds },
      });
      return;
    case 'console':
      await openConsole(action.sessionId);
      return;
    case 'answer': {
      const answer = codeIn(action.answer ?? (await runtime.clipboard.readText()));
      if (answer === undefined) throw new Error(noCode(action.answer !== undefined));
      await answerPrompt(client, action.promptId, { answer });
      return;
    }
    case 'cancel':
      await answerPrompt(client, action.promptId, { cancel: true });
      return;
    case 'show':
      open(action.request);
      return;
    case 'browse':
      await runtime.shell.openExternal(action.address);
      return;
    case 'stop-all':
      await stopAll(client);
      return;
    case 'lock':
      await client.request('POST', '/v1/lock');
      return;
    case 'unlock':
      await unlock(parts);
      return;
    case 'quit':
      runtime.app.quit();
  }
}

/** Opens the window at the question that a start or rotation asks. */
async function begin(
  what: 'start' | 'rotate',
  id: string,
  { client, open }: ActionParts,
): Promise<void> {
  const answer = await client.request('POST', `/v1/sessions/{id}/${what}`, { path: { id } });
  // A sign-in window is in front already; an MFA code can be answered where the click was.
  const asked = ('prompts' in answer ? answer.prompts : []).find(
    ({ kind }) => kind !== 'sign-in-window' && kind !== 'mfa',
  );
  if (asked !== undefined) open({ kind: 'question', promptId: asked.promptId });
}

/** A key in the keychain opens at once; for a passphrase, the window opens at its question. */
async function unlock({ client, open }: ActionParts): Promise<void> {
  const { items } = await client.request('GET', '/v1/prompts');
  const asked = items.find(({ kind }) => kind === 'unlock');
  if (asked === undefined) await client.request('POST', '/v1/unlock', { body: {} });
  else open({ kind: 'question', promptId: asked.promptId });
}

async function stop(client: Client, id: string): Promise<void> {
  await client.request('POST', '/v1/sessions/{id}/stop', { path: { id } });
}

async function stopAll(client: Client): Promise<void> {
  const { items } = await allSessions(client);
  const running = items.filter(({ status }) => status !== 'inactive');
  const results = await Promise.allSettled(running.map(({ sessionId }) => stop(client, sessionId)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function answerPrompt(
  client: Client,
  id: string,
  body: { readonly answer: string } | { readonly cancel: true },
): Promise<void> {
  await client.request('POST', '/v1/prompts/{id}', { path: { id }, body });
}

function noCode(wasTyped: boolean): string {
  return wasTyped
    ? 'An MFA code has six digits. Enter the ones that the device shows.'
    : 'The clipboard has no MFA code. Copy the six digits that the device shows, and try again.';
}
