import { Problem, type ProblemCode } from '../../models/problem.ts';
import { ask, askUntilAnswered } from '../terminal/ask.ts';
import { openInBrowser } from '../browser/open-in-browser.ts';
import { explain } from '../failure.ts';
import type { OwnerClient, PromptView } from '../owner/owner-client.ts';
import { pick } from '../terminal/picker.ts';
import { printable } from '../terminal/printable.ts';
import { say, type Shell } from '../terminal/shell.ts';

/**
 * Puts a question to the person at the terminal until their answer is taken. Giving up there (see
 * `ask`) cancels the question, except that of the vault, which others may still answer. `signal`: it
 * was settled elsewhere. Throws CommandFailure, Problem and the signal's reason.
 */
export async function answerAtTerminal(
  shell: Shell,
  owner: OwnerClient,
  prompt: PromptView,
  signal?: AbortSignal,
): Promise<void> {
  showWhere(shell, prompt);
  for (;;) {
    const answer = await answerTo(shell, prompt, signal).catch(async (error: unknown) => {
      if (signal?.aborted !== true && prompt.kind !== 'unlock') {
        await settle(owner, prompt.promptId, { cancel: true });
      }
      throw error;
    });
    try {
      await settle(owner, prompt.promptId, { answer });
      return;
    } catch (error) {
      // A wrong passphrase, or what is no MFA code, leaves the question open.
      if (!(error instanceof Problem) || !leavesOpen.includes(error.code)) throw error;
      say(shell, explain(error));
    }
  }
}

const leavesOpen: readonly ProblemCode[] = ['vault-locked', 'invalid-request'];

/** The page a question is answered on, and the code to compare there. */
export function showWhere(shell: Shell, { url, code }: PromptView): void {
  if (url !== undefined) say(shell, `Open ${printable(url)}`);
  if (code !== undefined) say(shell, `The code to enter there: ${printable(code)}`);
}

/** Whether a person answers it in a browser, so that nothing has to be typed. */
export function isSettledElsewhere(kind: PromptView['kind']): boolean {
  return kind === 'login' || kind === 'device-code';
}

/** What the person types; for some questions Enter says all there is to say. */
async function answerTo(
  shell: Shell,
  { kind, text, url, choices = [] }: PromptView,
  signal: AbortSignal | undefined,
): Promise<string> {
  const options = signal === undefined ? {} : { signal };
  switch (kind) {
    case 'login': {
      // The address is no secret: what proves the sign-in stays with the owner.
      if (url !== undefined) void openInBrowser(url, { env: shell.env });
      const hint = 'Stint continues by itself; if not, paste the address of the last page here';
      return await askUntilAnswered(shell, `${text} (${hint})`, options);
    }
    case 'device-code':
      return (await ask(shell, `${text} (it goes on by itself)`, options)).trim() || 'done';
    case 'saml':
      if (url !== undefined) return await askUntilAnswered(shell, text, options);
      return (await ask(shell, `${text} (Enter opens it)`, options)).trim() || 'open';
    case 'choice':
      return await pick(
        shell,
        text,
        choices.map((choice) => ({ label: choice, value: choice })),
      );
    case 'mfa':
    case 'confirm':
    case 'unlock':
      return await askUntilAnswered(shell, text, { ...options, hidden: kind === 'unlock' });
  }
}

/** Answers a question, or gives up on it. Throws Problem. */
export async function settle(
  owner: OwnerClient,
  promptId: string,
  answer: { readonly answer: string } | { readonly cancel: true },
): Promise<void> {
  // As it is: a wrong passphrase is told here, and does not make the owner ask once more.
  await owner.running.request('POST', '/v1/prompts/{id}', {
    path: { id: promptId },
    body: answer,
  });
}
