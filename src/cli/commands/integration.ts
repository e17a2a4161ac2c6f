import type { Command } from 'commander';
import {
  addExamples,
  addExamplesBelow,
  jsonOption,
  nameArgument,
  yesOption,
  type Json,
} from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { findIntegration } from '../integrations/find-integration.ts';
import { dependentsOfSource } from '../sessions/dependents.ts';
import { confirmRemoval } from '../terminal/confirm.ts';
import { fieldLines } from '../terminal/field-lines.ts';
import { instantText } from '../terminal/instant-text.ts';
import { printable } from '../../models/printable.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import type { Column } from '../terminal/table.ts';
import { addListOutput, printList, type ListOutput } from '../terminal/list-output.ts';
import type { IntegrationView } from '../owner/owner-client.ts';
import { addDefineCommands } from './integration/define.ts';
import { login, logout, type LoginFlags } from './integration/sign-in.ts';
import { sync, type SyncFlags } from './integration/sync.ts';

interface RemoveFlags {
  readonly sessions?: boolean;
  readonly yes?: boolean;
}

export function addIntegrationCommand(program: Command, context: Context): void {
  const integration = program
    .command('integration')
    .description('get sessions from AWS IAM Identity Center or an Azure tenant');
  addListOutput(
    integration.command('list').description('list integrations'),
    integrationColumns,
  ).action((flags: ListOutput) => list(context, flags));
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
    .option(
      '--claims-challenge <VALUE>',
      'give what Azure asks for beyond the sign-in, such as MFA',
    )
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
    .option('--all', 'every integration, one after the other')
    .option(...jsonOption)
    .action((name: string | undefined, flags: SyncFlags) => sync(context, name, flags));
  addExamplesBelow(integration, {
    list: ['stint integration list', 'stint integration list --json'],
    show: ['stint integration show corp'],
    edit: [
      'stint integration edit corp --name acme',
      'stint integration edit corp --failover-region none',
    ],
    remove: ['stint integration remove corp', 'stint integration remove corp --sessions --yes'],
    login: ['stint integration login corp', 'stint integration login corp --device-code'],
    logout: ['stint integration logout corp'],
    sync: ['stint integration sync corp', 'stint integration sync --all'],
  });
  addExamples(
    integration,
    'stint integration add awsSso --name corp --start-url https://corp.awsapps.com/start --region eu-west-1',
    'stint integration sync corp',
    'stint integration sync --all',
    'stint integration login corp --device-code',
  );
}

const kinds: Readonly<Record<IntegrationView['kind'], string>> = {
  awsSso: 'IAM Identity Center',
  azure: 'Azure tenant',
};

const integrationColumns: readonly Column<IntegrationView>[] = [
  { title: 'status', value: ({ status }) => status },
  { title: 'name', value: ({ name }) => name, yields: 0 },
  { title: 'kind', value: ({ kind }) => kinds[kind], yields: 2 },
  {
    title: 'where',
    value: (one) => (one.kind === 'awsSso' ? one.startUrl : one.tenantId),
    yields: 1,
  },
  { title: 'region', value: (one) => (one.kind === 'awsSso' ? one.region : ''), yields: 4 },
  { title: 'synced', value: ({ lastSync }) => instantText(lastSync ?? ''), yields: 3 },
  { title: 'id', value: ({ integrationId }) => integrationId, yields: 5 },
];

async function list({ owner, shell }: Context, output: ListOutput): Promise<void> {
  const { items } = await owner.request('GET', '/v1/integrations');
  if (printList(shell, items, integrationColumns, output) === 0 && output.json !== true) {
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
  const dependents = await dependentsOfSource(
    context,
    (one) => 'integrationId' in one && one.integrationId === integration.integrationId,
  );
  await confirmRemoval(shell, `Remove ${shown} ${what}?`, { yes, dependents });
  await owner.request('DELETE', '/v1/integrations/{id}', {
    path: { id: integration.integrationId },
    query: { sessions: sessions === true ? 'remove' : 'keep' },
  });
  say(shell, `Removed ${shown}.`);
}
