import { Option, type Command } from 'commander';
import { regionOfStartUrl } from '../../../models/start-url.ts';
import { clientSecret } from '../../integrations/client-secret.ts';
import { addExamples, addExamplesBelow, jsonOption, nameArgument } from '../../arguments/help.ts';
import { readTextFile } from '../../arguments/text-file.ts';
import { rethrowAsTyped, type TypedNames } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { findIntegration } from '../../integrations/find-integration.ts';
import type { IntegrationView, NewIntegration } from '../../owner/owner-client.ts';
import { printable } from '../../../models/printable.ts';
import { print, printJson, say } from '../../terminal/shell.ts';

type Kind = IntegrationView['kind'];

interface Flags {
  readonly json?: boolean;
  readonly name?: string;
  readonly startUrl?: string;
  readonly region?: string;
  readonly failoverRegion?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly authorityHost?: string;
  readonly scope?: readonly string[];
  readonly askClientSecret?: boolean;
  readonly clientCertificate?: string;
}

/** What the person typed for each field; see `rethrowAsTyped`. */
const typedNames: TypedNames = {
  name: '--name',
  startUrl: '--start-url',
  region: '--region',
  failoverRegion: '--failover-region',
  tenantId: '--tenant-id',
  clientId: '--client-id',
  authorityHost: '--authority-host',
  scopes: '--scope',
  'secrets.clientSecret': 'The client secret',
  'secrets.clientCertificate': '--client-certificate',
};

const kinds: Readonly<Record<Kind, string>> = {
  awsSso: 'AWS IAM Identity Center',
  azure: 'an Azure tenant, with your own sign-in or that of an application',
};

const ownFlags: Readonly<Record<Kind, readonly Option[]>> = {
  awsSso: [
    new Option(
      '--start-url <URL>',
      'access portal, such as https://d-1234567890.awsapps.com/start',
    ),
    new Option(
      '--region <REGION>',
      'region of the IAM Identity Center instance (default: the one in the start URL)',
    ),
    new Option(
      '--failover-region <REGION>',
      'another region of the instance, used while the first cannot be reached; "none" removes it',
    ),
  ],
  azure: [
    new Option('--tenant-id <ID>', 'id of the tenant, or one of its domains'),
    new Option('--client-id <ID>', 'application to sign in with (default: the Azure CLI)'),
    new Option(
      '--authority-host <URL>',
      'sign-in address of a national cloud, such as https://login.microsoftonline.us',
    ),
    new Option(
      '--ask-client-secret',
      'sign in as the application; asks for its secret, or reads STINT_CLIENT_SECRET',
    ),
    new Option(
      '--client-certificate <FILE>',
      'sign in as the application with a certificate: a PEM file with its private key',
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
  addExamplesBelow(add, {
    awsSso: [
      'stint integration add awsSso --name corp --start-url https://corp.awsapps.com/start --region eu-west-1',
    ],
    azure: [
      'stint integration add azure --name contoso --tenant-id contoso.onmicrosoft.com',
      'stint integration add azure --name ci --tenant-id contoso.onmicrosoft.com --client-id ID --ask-client-secret',
    ],
  });
  addExamples(add, 'stint integration add awsSso --help', 'stint integration add azure --help');
  withFields(
    integration
      .command('edit')
      .description('change an integration; changing the tenant or portal signs you out'),
    Object.values(ownFlags).flat(),
  )
    .argument(...nameArgument)
    .action((name: string | undefined, flags: Flags) => edit(context, name, flags));
}

function withFields(command: Command, own: readonly Option[]): Command {
  command.option('--name <NAME>', 'name of the integration');
  for (const option of own) command.addOption(option);
  return command
    .option(
      '--scope <SCOPE...>',
      'scopes to ask for at the sign-in (default: those that Stint needs)',
    )
    .option(...jsonOption);
}

async function addIntegration(context: Context, kind: Kind, flags: Flags): Promise<void> {
  const { owner, shell } = context;
  // The API decides what an integration needs.
  const region = regionOfStartUrl(flags.startUrl ?? '');
  const fields = {
    kind,
    ...(region === undefined ? {} : { region }),
    ...(await fieldsOf(context, flags)),
  };
  const added = await owner
    .request('POST', '/v1/integrations', { body: fields as NewIntegration })
    .catch(rethrowAsTyped(typedNames));
  if (flags.json === true) printJson(shell, added);
  else print(shell, added.integrationId);
  say(shell, `Added ${printable(added.name)}. To get its sessions: stint integration sync`);
}

async function edit(context: Context, name: string | undefined, flags: Flags): Promise<void> {
  const patch = await fieldsOf(context, flags);
  if (Object.keys(patch).length === 0) {
    throw new CommandFailure(
      'usage',
      'Give at least one change.',
      'See: stint integration edit --help',
    );
  }
  const { integrationId } = await findIntegration(context, name);
  const edited = await context.owner
    .request('PATCH', '/v1/integrations/{id}', { path: { id: integrationId }, body: patch })
    .catch(rethrowAsTyped(typedNames));
  if (flags.json === true) printJson(context.shell, edited);
  say(context.shell, `Changed ${printable(edited.name)}.`);
}

async function fieldsOf(context: Context, flags: Flags): Promise<Record<string, unknown>> {
  const { json, scope, askClientSecret: asksSecret, clientCertificate: file, ...fields } = flags;
  const secrets =
    file !== undefined
      ? { clientCertificate: readTextFile(file) }
      : asksSecret === true
        ? { clientSecret: await clientSecret(context.shell) }
        : undefined;
  const given = {
    ...fields,
    ...(fields.failoverRegion === 'none' ? { failoverRegion: null } : {}),
    scopes: scope,
    secrets,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
