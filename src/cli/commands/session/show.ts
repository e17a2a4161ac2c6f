import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { sessionFields } from '../../sessions/session-text.ts';
import { print, printJson } from '../../terminal/shell.ts';

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
  if (json) {
    printJson(shell, session);
    return;
  }
  const leases = await openLeases(context, sessionId);
  const fields = leases.length === 0 ? session : { ...session, leases };
  for (const line of sessionFields(fields)) print(shell, line);
}

/** In words: who uses its credentials now, as far as that can be seen. */
async function openLeases({ owner }: Context, sessionId: string): Promise<readonly string[]> {
  const { items } = await owner.request('GET', '/v1/sessions/{id}/leases', {
    path: { id: sessionId },
  });
  return items
    .filter(({ closedAt }) => closedAt === undefined)
    .map(({ kind, process, uses }) => {
      const what = process === undefined ? kind : `${kind} ${process}`;
      return `${what} (${uses === 1 ? '1 use' : `${uses} uses`})`;
    });
}
