import { Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { clientSecret } from '../../integrations/client-secret.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { findIntegration } from '../../integrations/find-integration.ts';
import type { IntegrationView, NewIntegration } from '../../owner/owner-client.ts';
import { printable } from '../../terminal/printable.ts';
import { print, printJson, say } from '../../terminal/shell.ts';

type Kind = IntegrationView['kind'];

interface Flags {
  readonly json?: boolean;
  readonly name?: string;
  readonly startUrl?: string;
  readonly region?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly authorityHost?: string;
  readonly scope?: readonly string[];
  readonly askClientSecret?: boolean;
  readonly clientCertificate?: string;
}

const kinds: Readonly<Record<Kind, string>> = {
  awsSso: 'AWS IAM Identity Center',
  azure: 'an Azure tenant: signed in to by a person, or by an application with a secret of its own',
};

const ownFlags: Readonly<Record<Kind, readonly Option[]>> = {
  awsSso: [
    new Option(
      '--start-url <URL>',
      'the access portal, such as https://d-1234567890.awsapps.com/start',
    ),
    new Option('--region <REGION>', 'where the Identity Center instance lives'),
  ],
  azure: [
    new Option('--tenant-id <ID>', 'the tenant, or one of its domains'),
    new Option('--client-id <ID>', 'the application to sign in with; the Azure CLI if left out'),
    new Option(
      '--authority-host <URL>',
      'of a national cloud, such as https://login.microsoftonline.us',
    ),
    new Option(
      '--ask-client-secret',
      'the application signs in by itself: asks for its secret, or takes STINT_CLIENT_SECRET',
    ),
    new Option(
      '--client-certificate <FILE>',
      'the same with a certificate: a PEM file that also holds its private key',
    ),
  ],
};

export function addDefineCommands(integration: Command, context: Context): void {
  const add = integration.command('add').description('add an integration');
  for (const [kind, what] of Object.entries(kinds) as [Kind, string][]) {
    withFields(add.command(kind).description(what), ownFlags[kind]).action((flags: Flags) =>
      addIntegration(context, kind, flags),
    );
  }
  withFields(
    integration.command('edit').description('change fields; another place logs it out'),
    Object.values(ownFlags).flat(),
  )
    .argument('[NAME]', 'name or id; left out, you choose')
    .action((name: string | undefined, flags: Flags) => edit(context, name, flags));
}

function withFields(command: Command, own: readonly Option[]): Command {
  command.option('--name <NAME>', 'its name');
  for (const option of own) command.addOption(option);
  return command
    .option('--scope <SCOPE...>', 'asked for at the sign-in; what is needed if left out')
    .option('--json', 'print what the API answers');
}

async function addIntegration(context: Context, kind: Kind, flags: Flags): Promise<void> {
  const { owner, shell } = context;
  // What an integration has to be is for the API to say.
  const fields = { kind, ...(await fieldsOf(context, flags)) };
  const added = await owner.request('POST', '/v1/integrations', { body: fields as NewIntegration });
  if (flags.json === true) printJson(shell, added);
  else print(shell, added.integrationId);
  say(shell, `Added ${printable(added.name)}. Get its sessions: stint integration sync`);
}

async function edit(context: Context, name: string | undefined, flags: Flags): Promise<void> {
  const patch = await fieldsOf(context, flags);
  if (Object.keys(patch).length === 0) {
    throw new CommandFailure(
      'usage',
      'Nothing to change was given.',
      '`stint integration edit --help` shows the fields.',
    );
  }
  const { integrationId } = await findIntegration(context, name);
  const edited = await context.owner.request('PATCH', '/v1/integrations/{id}', {
    path: { id: integrationId },
    body: patch,
  });
  if (flags.json === true) printJson(context.shell, edited);
  say(context.shell, `Changed ${printable(edited.name)}.`);
}

async function fieldsOf(context: Context, flags: Flags): Promise<Record<string, unknown>> {
  const { json, scope, askClientSecret: asksSecret, clientCertificate: file, ...fields } = flags;
  const secrets =
    file !== undefined
      ? { clientCertificate: readFile(file) }
      : asksSecret === true
        ? { clientSecret: await clientSecret(context.shell) }
        : undefined;
  const given = { ...fields, scopes: scope, secrets };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure('usage', `${path} cannot be read: ${(error as Error).message}`);
  }
}
