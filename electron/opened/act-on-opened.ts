import { basename } from 'node:path';
import type { Client } from '../../src/client/client.ts';
import type { ShellAction } from '../actions/shell-action.ts';
import { explain } from '../explain.ts';
import type { Runtime } from '../runtime.ts';
import { importQuestion } from './import-question.ts';
import type { Opened } from './opened.ts';

export interface OpenedParts {
  readonly runtime: Pick<Runtime, 'dialog'>;
  readonly client: Client;
  /** The client with the owner's rights: only the owner may name a file. */
  readonly ownerClient: Client;
  readonly act: (action: ShellAction) => Promise<void>;
}

/**
 * Does what a link or a file asks for, once the person has agreed in a dialog that no page can draw.
 * Showing something needs no question. Never rejects: a failure is shown.
 */
export async function actOnOpened(opened: Opened, parts: OpenedParts): Promise<void> {
  const { runtime, act } = parts;
  try {
    switch (opened.kind) {
      case 'show':
        await act(opened);
        return;
      case 'start':
        await askToStart(opened.sessionId, parts);
        return;
      case 'import':
        await askToImport(opened.file, parts);
        return;
      case 'unknown':
        await act({ kind: 'show' });
    }
  } catch (error) {
    runtime.dialog.showErrorBox('Stint could not open it', explain(error));
  }
}

async function askToStart(sessionId: string, parts: OpenedParts): Promise<void> {
  const { client, act } = parts;
  const session = await client.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } });
  const question = {
    message: `Start ${session.sessionName}?`,
    detail: 'A link asks for it. Start it only if you know where the link comes from.',
  };
  if (await agrees(parts, question, 'Start')) await act({ kind: 'start', sessionId });
}

async function askToImport(file: string, parts: OpenedParts): Promise<void> {
  const { runtime, ownerClient, act } = parts;
  const request = { from: 'stint', files: { file }, withKeys: false } as const;
  const dryRun = await ownerClient.request('POST', '/v1/import', {
    body: { ...request, apply: false },
  });
  const question = importQuestion(dryRun, basename(file));
  if (question === undefined) {
    const message = `${basename(file)} has nothing that is not set up here already.`;
    await runtime.dialog.showMessageBox({ type: 'info', message });
    return;
  }
  if (!(await agrees(parts, question, 'Import'))) return;
  await ownerClient.request('POST', '/v1/import', { body: { ...request, apply: true } });
  // The page has the undo.
  await act({ kind: 'show', request: { kind: 'import' } });
}

/** "Cancel" is what Enter and Escape choose. */
async function agrees(
  { runtime }: OpenedParts,
  question: { readonly message: string; readonly detail: string },
  yes: string,
): Promise<boolean> {
  const { response } = await runtime.dialog.showMessageBox({
    type: 'question',
    ...question,
    buttons: [yes, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
