import type { Command } from 'commander';
import { answerAtTerminal, settle } from '../prompts/answer-prompt.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { PromptView } from '../owner/owner-client.ts';
import { pick } from '../terminal/picker.ts';
import { isInteractive, print, printJson, readPiped, say } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';
import { durationText } from '../../models/duration-text.ts';

export function addPromptCommand(program: Command, context: Context): void {
  const prompt = program
    .command('prompt')
    .description('questions that wait for a person, the unlock of the vault among them');
  prompt
    .command('list')
    .description('list open questions, oldest first')
    .option('--json', 'print what the API answers')
    .action((flags: { readonly json?: boolean }) => list(context, flags.json === true));
  prompt
    .command('answer')
    .description('answer a question: at the terminal, or with a line on standard input')
    .argument('[ID]', 'its id; left out, the only one there is')
    .action((id: string | undefined) => answer(context, id));
  prompt
    .command('cancel')
    .description('give up on a question; what asked it ends')
    .argument('[ID]', 'its id; left out, the only one there is')
    .action((id: string | undefined) => cancel(context, id));
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
  if (lines.length === 0) say(shell, 'Nothing is asked.');
}

/** Questions that wait for days do not run out in any way that matters. */
function timeToAnswer(expiresAt: string): string {
  const left = Date.parse(expiresAt) - Date.now();
  return left > 30 * 86_400_000 ? '–' : durationText(left);
}

async function answer(context: Context, id: string | undefined): Promise<void> {
  const { owner, shell } = context;
  const prompt = await findPrompt(context, id);
  if (isInteractive(shell)) {
    await answerAtTerminal(shell, owner, prompt);
  } else {
    const line = (await readPiped(shell)).replace(/\r?\n$/, '');
    if (line === '') throw new CommandFailure('usage', 'Standard input holds no answer.');
    await settle(owner, prompt.promptId, { answer: line });
  }
  say(shell, prompt.kind === 'unlock' ? 'The vault is open.' : 'Answered.');
}

async function cancel(context: Context, id: string | undefined): Promise<void> {
  const { promptId } = await findPrompt(context, id);
  await settle(context.owner, promptId, { cancel: true });
  say(context.shell, 'Cancelled.');
}

/** Throws CommandFailure 'notFound', or 'usage' where it is not clear which is meant. */
async function findPrompt(context: Context, id: string | undefined): Promise<PromptView> {
  const { owner, shell } = context;
  const { items } = await owner.request('GET', '/v1/prompts');
  const fitting = id === undefined ? items : items.filter(({ promptId }) => promptId === id);
  const [only, ...others] = fitting;
  if (only === undefined) {
    throw new CommandFailure(
      'notFound',
      id === undefined ? 'Nothing is asked.' : `There is no open question ${id}.`,
      id === undefined ? undefined : 'It was answered, cancelled or has expired.',
    );
  }
  if (others.length === 0) return only;
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', 'Several questions are open: say which by its id.');
  }
  return await pick(
    shell,
    'Which question?',
    fitting.map((prompt) => ({ label: prompt.text, value: prompt })),
  );
}
