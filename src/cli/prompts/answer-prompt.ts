import type { Client, Schemas } from '../../client/client.ts';
import { Problem, type ProblemCode } from '../../models/problem.ts';
import { openInBrowser } from '../../browser/open-in-browser.ts';
import { CommandFailure, errorText, exitCodes } from '../failure.ts';
import { ask, askUntilAnswered } from '../terminal/ask.ts';
import { pick } from '../terminal/picker.ts';
import { printable } from '../../models/printable.ts';
import { say, type Shell } from '../terminal/shell.ts';

type Prompt = Schemas['Prompt'];

/** An owner that is there: answering starts none, and asks nobody to unlock it. */
type Answerable = { readonly running: Client };

/**
 * Asks the person at the terminal until the owner accepts an answer. If the person cancels (see
 * `ask`), the question is cancelled for everybody, except the vault's: others may still answer that.
 * `signal` aborts once the question is answered elsewhere. Throws CommandFailure, Problem and the
 * signal's reason.
 */
export async function answerAtTerminal(
  shell: Shell,
  owner: Answerable,
  prompt: Prompt,
  signal?: AbortSignal,
): Promise<void> {
  showAddress(shell, prompt);
  for (;;) {
    const answer = await readAnswer(shell, prompt, signal).catch(async (error: unknown) => {
      if (signal?.aborted === true || !(error instanceof CommandFailure)) throw error;
      if (prompt.kind === 'unlock')
        throw cancelled(error, 'The question stays open: stint prompt answer');
      await sendAnswer(owner, prompt.promptId, { cancel: true });
      throw cancelled(error, 'What waited for the answer is cancelled too.');
    });
    try {
      await sendAnswer(owner, prompt.promptId, { answer });
      return;
    } catch (error) {
      // A wrong passphrase or a malformed MFA code leaves the question open.
      if (!(error instanceof Problem) || !leavesOpen.includes(error.code)) throw error;
      say(shell, errorText(error));
    }
  }
}

function cancelled({ exitCode, message }: CommandFailure, continues: string): CommandFailure {
  const outcome = exitCode === exitCodes.interrupted ? 'interrupted' : 'failed';
  return new CommandFailure(outcome, message, continues);
}

const leavesOpen: readonly ProblemCode[] = ['vault-locked', 'too-many-attempts', 'invalid-request'];

/** Prints the page on which the question is answered, and the code to compare or enter there. */
export function showAddress(shell: Shell, { url, code }: Prompt): void {
  if (url !== undefined) say(shell, `Open ${printable(url)}`);
  if (code !== undefined) say(shell, `Code: ${printable(code)}`);
}

/** Whether the person answers in a browser, so that there is nothing to type. */
export function isAnsweredInBrowser(kind: Prompt['kind']): boolean {
  return kind === 'login' || kind === 'device-code' || kind === 'sign-in-window';
}

/** What the person types. For some questions Enter alone is an answer. */
async function readAnswer(
  shell: Shell,
  { kind, text, url, choices = [], isNew = false }: Prompt,
  signal: AbortSignal | undefined,
): Promise<string> {
  const options = signal === undefined ? {} : { signal };
  switch (kind) {
    case 'login': {
      // This address is not secret: the owner keeps what proves the sign-in.
      if (url !== undefined) void openInBrowser(url, { env: shell.env });
      const hint = 'Stint continues by itself; if it does not, paste the address of the last page';
      return await askUntilAnswered(shell, `${text} (${hint})`, options);
    }
    case 'device-code':
      return (await ask(shell, `${text} (Stint continues by itself)`, options)).trim() || 'done';
    case 'saml':
      if (url !== undefined) return await askUntilAnswered(shell, text, options);
      return (await ask(shell, `${text} (press Enter to open it)`, options)).trim() || 'open';
    case 'choice':
      return await pick(
        shell,
        text,
        choices.map((choice) => ({ label: choice, value: choice })),
      );
    case 'sign-in-window':
      return await whileWindowIsOpen(shell, text, signal);
    case 'mfa':
    case 'confirm':
      return await askUntilAnswered(shell, text, options);
    case 'unlock':
      return isNew
        ? await askForNew(shell, text, options)
        : await askUntilAnswered(shell, text, { ...options, hidden: true });
  }
}

/** A new passphrase, typed twice: nobody sees what they type, and a mistake would lock them out. */
export async function askForNew(
  shell: Shell,
  text: string,
  options: { readonly signal?: AbortSignal },
): Promise<string> {
  for (;;) {
    const chosen = await askUntilAnswered(shell, text, { ...options, hidden: true });
    const again = await ask(shell, 'Enter it again', { ...options, hidden: true });
    if (chosen === again) return chosen;
    say(shell, 'The two are not the same. Nothing was changed.');
  }
}

/** Says so, also where nobody is at the terminal, until `signal` aborts. Throws CommandFailure. */
async function whileWindowIsOpen(
  shell: Shell,
  text: string,
  signal: AbortSignal | undefined,
): Promise<never> {
  say(shell, `${text} Ctrl-C cancels.`);
  return await new Promise<never>((_resolve, reject) => {
    const interrupted = () => reject(new CommandFailure('interrupted', 'Cancelled.'));
    process.once('SIGINT', interrupted);
    signal?.addEventListener(
      'abort',
      () => {
        process.off('SIGINT', interrupted);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}

/** Answers or cancels a question. Throws Problem. */
export async function sendAnswer(
  owner: Answerable,
  promptId: string,
  answer: { readonly answer: string } | { readonly cancel: true },
): Promise<void> {
  // To the running owner: a wrong passphrase must not raise the same question again.
  await owner.running.request('POST', '/v1/prompts/{id}', {
    path: { id: promptId },
    body: answer,
  });
}
