import type { Command } from 'commander';
import { addExamples, jsonOption, nameArgument, yesOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { findIntegration } from '../integrations/find-integration.ts';
import { confirmRemoval } from '../terminal/confirm.ts';
import { fieldLines } from '../terminal/field-lines.ts';
import { instantText } from '../terminal/instant-text.ts';
import { printable } from '../terminal/printable.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';
import { addDefineCommands } from './integration/define.ts';
import { login, logout, type LoginFlags } from './integration/sign-in.ts';
import { sync } from './integration/sync.ts';

interface RemoveFlags {
  readonly sessions?: boolean;
  readonly yes?: boolean;
}

export function addIntegrationCommand(program: Command, context: Context): void {
  const integration = program
    .command('integration')
    .description('get sessions from AWS IAM Identity Center or an Azure tenant');
  integration
    .command('list')
    .description('list integrations')
    .option(...jsonOption)
    .action((flags: Json) => list(context, flags));
  integration
    .command('show')
    .description('show all fields of an integration')
    .argument(...nameArgument)
    .option(...jsonOption)
    .action((name: string | undefined, flags: Json) => show(context, name, flags));
  addDefineCommands(integration, context);
  integration
    .command('remove')
    .description('remove an integration and end its sessions')
    .argument(...nameArgument)
    .option('--sessions', 'remove its sessions too')
    .option(...yesOption)
    .action((name: string | undefined, flags: RemoveFlags) => remove(context, name, flags));
  integration
    .command('login')
    .description('sign in once for all sessions of an integration')
    .argument(...nameArgument)
    .option('--browser', 'in a browser on this machine')
    .option('--device-code', 'with a code, in a browser on any machine')
    .option(...jsonOption)
    .action((name: string | undefined, flags: LoginFlags) => login(context, name, flags));
  integration
    .command('logout')
    .description('sign out and end all sessions of an integration')
    .argument(...nameArgument)
    .option(...jsonOption)
    .action((name: string | undefined, flags: Json) => logout(context, name, flags));
  integration
    .command('sync')
    .description('update the sessions of an integration; your own settings stay')
    .argument(...nameArgument)
    .option(...jsonOption)
    .action((name: string | undefined, flags: Json) => sync(context, name, flags));
  addExamples(
    integration,
    'stint integration add awsSso --name corp --start-url https://corp.awsapps.com/start --region eu-west-1',
    'stint integration sync corp',
    'stint integration login corp --device-code',
  );
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
  else for (const line of fieldLines(integration)) print(context.shell, line);
}

async function remove(
  context: Context,
  name: string | undefined,
  { sessions, yes }: RemoveFlags,
): Promise<void> {
  const { owner, shell } = context;
  const integration = await findIntegration(context, name);
  const shown = printable(integration.name);
  const what = sessions === true ? 'and all its sessions' : 'and end its sessions';
  await confirmRemoval(shell, `Remove ${shown} ${what}?`, yes);
  await owner.request('DELETE', '/v1/integrations/{id}', {
    path: { id: integration.integrationId },
    query: { sessions: sessions === true ? 'remove' : 'keep' },
  });
  say(shell, `Removed ${shown}.`);
}
