import type { Command } from 'commander';
import { ask } from '../terminal/ask.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { findIntegration } from '../integrations/find-integration.ts';
import { printable } from '../terminal/printable.ts';
import { sessionFields } from '../sessions/session-text.ts';
import { isInteractive, print, printJson, say } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';
import { instantText } from '../terminal/instant-text.ts';
import { addDefineCommands } from './integration/define.ts';
import { login, logout, type LoginFlags } from './integration/sign-in.ts';
import { sync } from './integration/sync.ts';

interface Json {
  readonly json?: boolean;
}

const nameArgument = ['[NAME]', 'name or id; left out, you choose'] as const;

export function addIntegrationCommand(program: Command, context: Context): void {
  const integration = program
    .command('integration')
    .description('sources of sessions: AWS IAM Identity Center, Azure tenants');
  integration
    .command('list')
    .description('list integrations')
    .option('--json', 'print what the API answers')
    .action((flags: Json) => list(context, flags));
  integration
    .command('show')
    .description('show all fields of an integration')
    .argument(...nameArgument)
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, flags: Json) => show(context, name, flags));
  addDefineCommands(integration, context);
  integration
    .command('remove')
    .description('remove an integration; sessions that came by it end')
    .argument(...nameArgument)
    .option('--sessions', 'remove its sessions with it')
    .option('-y, --yes', 'do not ask')
    .action(
      (name: string | undefined, flags: { readonly sessions?: boolean; readonly yes?: boolean }) =>
        remove(context, name, flags),
    );
  integration
    .command('login')
    .description('sign in, once for all sessions that came by it')
    .argument(...nameArgument)
    .option('--browser', 'in a browser on this machine')
    .option('--device-code', 'with a code, in a browser on any machine')
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, flags: LoginFlags) => login(context, name, flags));
  integration
    .command('logout')
    .description('end the sign-in and every session that came by it')
    .argument(...nameArgument)
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, flags: Json) => logout(context, name, flags));
  integration
    .command('sync')
    .description('bring its sessions in step with what it offers; what you set stays')
    .argument(...nameArgument)
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, flags: Json) => sync(context, name, flags));
}

async function list({ owner, shell }: Context, { json }: Json): Promise<void> {
  const answer = await owner.request('GET', '/v1/integrations');
  if (json === true) {
    printJson(shell, answer);
    return;
  }
  const lines = formatTable(answer.items, [
    { title: 'status', value: ({ status }) => status },
    { title: 'name', value: ({ name }) => name },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'where', value: (one) => (one.kind === 'awsSso' ? one.region : one.tenantId) },
    { title: 'synced', value: ({ lastSync }) => instantText(lastSync ?? '') },
    { title: 'id', value: ({ integrationId }) => integrationId },
  ]);
  for (const line of lines) print(shell, line);
  if (lines.length === 0) {
    say(shell, 'There are no integrations yet. Add one: stint integration add --help');
  }
}

async function show(context: Context, name: string | undefined, { json }: Json): Promise<void> {
  const integration = await findIntegration(context, name);
  if (json === true) printJson(context.shell, integration);
  else for (const line of sessionFields(integration)) print(context.shell, line);
}

async function remove(
  context: Context,
  name: string | undefined,
  { sessions, yes }: { readonly sessions?: boolean; readonly yes?: boolean },
): Promise<void> {
  const { owner, shell } = context;
  const integration = await findIntegration(context, name);
  const shown = printable(integration.name);
  if (yes !== true && isInteractive(shell)) {
    const what = sessions === true ? 'and all its sessions' : 'and end its sessions';
    const answer = await ask(shell, `Remove ${shown} ${what}? [y/N]`);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure('failed', 'Nothing is removed.');
  }
  await owner.request('DELETE', '/v1/integrations/{id}', {
    path: { id: integration.integrationId },
    query: { sessions: sessions === true ? 'remove' : 'keep' },
  });
  say(shell, `Removed ${shown}.`);
}
