import type { Command } from 'commander';
import { answerAtTerminal, sendAnswer } from '../prompts/answer-prompt.ts';
import { addExamples, jsonOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { PromptView } from '../owner/owner-client.ts';
import { pick } from '../terminal/picker.ts';
import { isInteractive, print, printJson, readPiped, say } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';
import { roughDuration } from '../../models/duration.ts';

export function addPromptCommand(program: Command, context: Context): void {
  const prompt = program
    .command('prompt')
    .description('answer questions of Stint, such as MFA codes or unlocking the vault');
  prompt
    .command('list')
    .description('list open questions, oldest first')
    .option(...jsonOption)
    .action(({ json }: Json) => list(context, json === true));
  prompt
    .command('answer')
    .description('answer a question at the terminal, or with a line on standard input')
    .argument('[ID]', 'id of the question (omit if only one is open)')
    .action((id: string | undefined) => answer(context, id));
  prompt
    .command('cancel')
    .description('cancel a question and the operation that waits for it')
    .argument('[ID]', 'id of the question (omit if only one is open)')
    .action((id: string | undefined) => cancel(context, id));
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
    printJson(shell, answer);
    return;
  }
  const lines = formatTable(answer.items, [
    { title: 'id', value: ({ promptId }) => promptId },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'time left', value: ({ expiresAt }) => timeToAnswer(expiresAt) },
    { title: 'question', value: ({ text }) => text },
  ]);
  for (const line of lines) print(shell, line);
  if (lines.length === 0) say(shell, 'No question is open.');
}

/** For a question that waits for weeks, the time left does not matter. */
function timeToAnswer(expiresAt: string): string {
  const left = Date.parse(expiresAt) - Date.now();
  return left > 30 * 86_400_000 ? '–' : roughDuration(left);
}

async function answer(context: Context, id: string | undefined): Promise<void> {
  const { owner, shell } = context;
  const prompt = await findPrompt(context, id);
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

/** Throws CommandFailure 'notFound', or 'usage' if several are open and there is no terminal. */
async function findPrompt(context: Context, id: string | undefined): Promise<PromptView> {
  const { owner, shell } = context;
  const { items } = await owner.request('GET', '/v1/prompts');
  const matching = id === undefined ? items : items.filter(({ promptId }) => promptId === id);
  const [only, ...others] = matching;
  if (only === undefined) {
    throw new CommandFailure(
      'notFound',
      id === undefined ? 'No question is open.' : `Question ${id} is not open.`,
      id === undefined ? undefined : 'It was answered or cancelled, or it expired.',
    );
  }
  if (others.length === 0) return only;
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
