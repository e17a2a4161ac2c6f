import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandFailure } from '../failure.ts';
import { printable } from '../../models/printable.ts';
import type { Shell } from './shell.ts';

/**
 * Asks the person at the terminal for one line, on standard error. A hidden answer does not show
 * while they type. Throws CommandFailure if they press Ctrl-C or Ctrl-D, and the signal's reason if
 * it aborts meanwhile.
 */
export async function ask(
  shell: Shell,
  question: string,
  { hidden = false, signal }: { readonly hidden?: boolean; readonly signal?: AbortSignal } = {},
): Promise<string> {
  signal?.throwIfAborted();
  const text = `${printable(question)}${/[.?]$/.test(question) ? '' : ':'} `;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: shell.stdin,
    output: hidden ? nowhere : shell.stderr,
    terminal: true,
    historySize: 0,
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      if (hidden) shell.stderr.write(text);
      else lines.setPrompt(text);
      const giveUp = (outcome: 'interrupted' | 'failed') =>
        reject(new CommandFailure(outcome, 'Cancelled.'));
      lines.once('SIGINT', () => giveUp('interrupted')).once('close', () => giveUp('failed'));
      lines.once('line', (line) => {
        resolve(line);
        // Right away, so that lines typed ahead wait for the next question.
        lines.close();
      });
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      lines.prompt();
    });
  } finally {
    lines.close();
    if (hidden) shell.stderr.write('\n');
  }
}

/** Asks until the answer is not blank. Blanks around a hidden answer are part of it. */
export async function askUntilAnswered(
  shell: Shell,
  question: string,
  options: { readonly hidden?: boolean; readonly signal?: AbortSignal } = {},
): Promise<string> {
  for (;;) {
    const answer = await ask(shell, question, options);
    if (answer.trim() !== '') return options.hidden ? answer : answer.trim();
  }
}
