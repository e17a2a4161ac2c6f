import type { Command } from 'commander';
import { severalMatch } from '../arguments/find-named.ts';
import { printable } from '../../models/printable.ts';
import { answerAtTerminal, sendAnswer } from '../prompts/answer-prompt.ts';
import { addExamples, addExamplesBelow, jsonOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { Problem } from '../../models/problem.ts';
import type { OwnerClient, PromptView } from '../owner/owner-client.ts';
import { promptLines } from '../prompts/prompt-lines.ts';
import { pick } from '../terminal/picker.ts';
import { isInteractive, print, printJson, readPiped, say } from '../terminal/shell.ts';

export function addPromptCommand(program: Command, context: Context): void {
  const prompt = program
    .command('prompt')
    .summary('answer questions of Stint, such as MFA codes')
    .description('answer questions of Stint, such as MFA codes or unlocking the vault');
  prompt
    .command('list')
    .description('list open questions with what it takes to answer them, oldest first')
    .option(...jsonOption)
    .action(({ json }: Json) => list(context, json === true));
  prompt
    .command('answer')
    .description('answer a question at the terminal, or with a line on standard input')
    .argument('[ID]', 'id of the question, or a part of it (omit if only one is open)')
    .action((id: string | undefined) => answer(context, id));
  prompt
    .command('cancel')
    .description('cancel a question and the operation that waits for it')
    .argument('[ID]', 'id of the question, or a part of it (omit if only one is open)')
    .action((id: string | undefined) => cancel(context, id));
  addExamplesBelow(prompt, {
    list: ['stint prompt list', 'stint prompt list --json'],
    answer: ['stint prompt answer', 'pass mfa-code | stint prompt answer 7d1f'],
    cancel: ['stint prompt cancel', 'stint prompt cancel 7d1f'],
  });
  addExamples(
    prompt,
    'stint prompt list',
    'stint prompt answer',
    'pass mfa-code | stint prompt answer ID',
  );
}

async function list({ owner, shell }: Context, json: boolean): Promise<void> {
  const answer = await owner.request('GET', '/v1/prompts');
  if (json) {
    printJson(shell, answer.items);
    return;
  }
  for (const [index, prompt] of answer.items.entries()) {
    const lines = promptLines(prompt, await aboutName(owner, prompt));
    for (const line of index === 0 ? lines : ['', ...lines]) print(shell, line);
  }
  if (answer.items.length === 0) say(shell, 'No question is open.');
}

/** The name of the session or integration that a question is about, if it has one. */
async function aboutName(
  owner: OwnerClient,
  { sessionId, integrationId }: PromptView,
): Promise<string | undefined> {
  try {
    if (integrationId !== undefined) {
      const path = { id: integrationId };
      return (await owner.request('GET', '/v1/integrations/{id}', { path })).name;
    }
    if (sessionId === undefined) return undefined;
    const path = { id: sessionId };
    return (await owner.request('GET', '/v1/sessions/{id}', { path })).sessionName;
  } catch (error) {
    // Removed meanwhile.
    if (error instanceof Problem && error.code === 'not-found') return undefined;
    throw error;
  }
}

async function answer(context: Context, id: string | undefined): Promise<void> {
  const { owner, shell } = context;
  const prompt = await findPrompt(context, id);
  if (prompt.kind === 'sign-in-window') {
    throw new CommandFailure(
      'usage',
      `${prompt.text} The answer is given there.`,
      `Sign in in the window, or close it: stint prompt cancel ${prompt.promptId}`,
    );
  }
  if (isInteractive(shell)) {
    await answerAtTerminal(shell, owner, prompt);
  } else {
    const line = (await readPiped(shell)).replace(/\r?\n$/, '');
    if (line === '') throw new CommandFailure('usage', 'There is no answer on standard input.');
    await sendAnswer(owner, prompt.promptId, { answer: line });
  }
  say(shell, prompt.kind === 'unlock' ? 'The vault is unlocked.' : 'Answered.');
}

async function cancel(context: Context, id: string | undefined): Promise<void> {
  const { promptId } = await findPrompt(context, id);
  await sendAnswer(context.owner, promptId, { cancel: true });
  say(context.shell, 'Cancelled.');
}

/** The question of that id, or those that have it as a part of theirs. */
function withId(items: readonly PromptView[], id: string): readonly PromptView[] {
  const part = id.trim().toLowerCase();
  const exact = items.filter(({ promptId }) => promptId === part);
  if (exact.length > 0 || part === '') return exact;
  return items.filter(({ promptId }) => promptId.includes(part));
}

/** Throws CommandFailure 'notFound', or 'usage' if several are open and there is no terminal. */
async function findPrompt(context: Context, id: string | undefined): Promise<PromptView> {
  const { owner, shell } = context;
  const { items } = await owner.request('GET', '/v1/prompts');
  const matching = id === undefined ? items : withId(items, id);
  const [only, ...others] = matching;
  if (only === undefined) {
    throw new CommandFailure(
      'notFound',
      id === undefined ? 'No question is open.' : `Question ${id} is not open.`,
      id === undefined ? undefined : 'It was answered or cancelled, or it expired.',
    );
  }
  if (others.length === 0) return only;
  if (id !== undefined) {
    const lines = matching.map(({ promptId, text }) => `${promptId}  ${printable(text)}`);
    throw severalMatch(id, 'questions', lines);
  }
  if (!isInteractive(shell)) {
    throw new CommandFailure(
      'usage',
      'Several questions are open. Give the id of one: stint prompt list',
    );
  }
  return await pick(
    shell,
    'Which question?',
    matching.map((prompt) => ({ label: prompt.text, value: prompt })),
  );
}
