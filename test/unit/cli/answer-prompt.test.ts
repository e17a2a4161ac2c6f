import { describe, expect, it } from 'vitest';
import type { Client, Schemas } from '../../../src/client/client.ts';
import { answerAtTerminal } from '../../../src/cli/prompts/answer-prompt.ts';
import { scriptedShell, type ScriptedShell } from './scripted-shell.ts';

/** An owner that notes what it is sent. */
function recordingOwner() {
  const sent: unknown[] = [];
  const request = (_method: string, _path: string, { body }: { readonly body: unknown }) => {
    sent.push(body);
    return Promise.resolve();
  };
  return { sent, owner: { running: { request } as unknown as Client } };
}

const base = {
  promptId: '5f8a3a0e-8c1f-4f0e-9a33-0c6d2d9a1b11',
  expiresAt: '2030-01-01T00:00:00.000Z',
};

async function until(shell: ScriptedShell, words: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const check = () => {
    if (shell.words().includes(words)) resolve(undefined);
  };
  shell.stderr.on('data', () => setImmediate(check));
  check();
  await promise;
}

describe('the question that unlocks the vault', () => {
  it('asks for a new passphrase twice, and again until both are the same', async () => {
    const shell = scriptedShell();
    const { sent, owner } = recordingOwner();
    const text = 'Choose a new passphrase for the vault';
    const prompt: Schemas['Prompt'] = { ...base, kind: 'unlock', text, isNew: true };
    const answering = answerAtTerminal(shell, owner, prompt);
    await until(shell, `${text}: `);
    shell.type('correct horse\r');
    await until(shell, 'Enter it again: ');
    shell.type('correct hose\r');
    await until(shell, 'The two are not the same. Nothing was changed.');
    await until(shell, `Nothing was changed.\n${text}: `);
    shell.type('correct horse\r');
    await until(shell, `Nothing was changed.\n${text}: \nEnter it again: `);
    shell.type('correct horse\r');
    await answering;
    expect(sent).toEqual([{ answer: 'correct horse' }]);
    expect(shell.words()).not.toContain('horse');
  });

  it('asks for the passphrase of a vault that is there once', async () => {
    const shell = scriptedShell();
    const { sent, owner } = recordingOwner();
    const text = 'Enter the passphrase of the vault';
    const answering = answerAtTerminal(shell, owner, { ...base, kind: 'unlock', text });
    await until(shell, `${text}: `);
    shell.type('correct horse\r');
    await answering;
    expect(sent).toEqual([{ answer: 'correct horse' }]);
  });
});

describe('a sign-in window that is open', () => {
  const text = 'A sign-in window is open for session reader, at Acme.';
  const prompt = { ...base, kind: 'sign-in-window', text } as const;

  it('is a line on standard error until it is closed', async () => {
    const shell = scriptedShell();
    const { sent, owner } = recordingOwner();
    const closed = new AbortController();
    const listeners = process.listenerCount('SIGINT');
    const waiting = answerAtTerminal(shell, owner, prompt, closed.signal);
    await until(shell, `${text} Ctrl-C cancels.\n`);
    closed.abort(new Error('it was closed'));
    await expect(waiting).rejects.toThrow('it was closed');
    expect(sent).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });

  it('is cancelled by Ctrl-C', async () => {
    const { sent, owner } = recordingOwner();
    const waiting = answerAtTerminal(scriptedShell(), owner, prompt);
    process.emit('SIGINT');
    await expect(waiting).rejects.toThrow('Cancelled.');
    expect(sent).toEqual([{ cancel: true }]);
  });
});
