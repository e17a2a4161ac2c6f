import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { namedSession } from '../../session-name.ts';
import { sessionFields } from '../../session-text.ts';
import { print, printJson } from '../../shell.ts';

export function addSessionShow(session: Command, context: Context): void {
  session
    .command('show')
    .description('show all fields of a session')
    .argument('[NAME]', 'name or id; left out, you choose')
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, flags: { readonly json?: boolean }) =>
      show(context, name, flags.json === true),
    );
}

async function show(context: Context, name: string | undefined, json: boolean): Promise<void> {
  const { owner, shell } = context;
  const { sessionId } = await namedSession(context, name);
  const session = await owner.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } });
  if (json) printJson(shell, session);
  else for (const line of sessionFields(session)) print(shell, line);
}
