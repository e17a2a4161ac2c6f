import type { Command } from 'commander';
import { findNamed } from '../arguments/find-named.ts';
import {
  addExamples,
  addExamplesBelow,
  jsonOption,
  nameArgument,
  yesOption,
  type Json,
} from '../arguments/help.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { IdentityProviderView, NewIdentityProvider } from '../owner/owner-client.ts';
import { dependentsOfSource } from '../sessions/dependents.ts';
import { confirmRemoval } from '../terminal/confirm.ts';
import { printable } from '../../models/printable.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import type { Column } from '../terminal/table.ts';
import { addListOutput, printList, type ListOutput } from '../terminal/list-output.ts';

interface Fields extends Json {
  readonly name?: string;
  readonly url?: string;
}

/** What the person typed for each field; see `rethrowAsTyped`. */
const typedNames = { name: '--name', url: '--url' };

export function addIdentityProviderCommand(program: Command, context: Context): void {
  const idp = program.command('idp').description('SAML identity providers for federated sessions');
  addListOutput(idp.command('list').description('list identity providers'), columns).action(
    (flags: ListOutput) => list(context, flags),
  );
  withFields(idp.command('add').description('add an identity provider')).action((flags: Fields) =>
    add(context, flags),
  );
  withFields(idp.command('edit').description('change an identity provider'))
    .argument(...nameArgument)
    .action((name: string | undefined, flags: Fields) => edit(context, name, flags));
  idp
    .command('remove')
    .description('remove an identity provider and end its sessions')
    .argument(...nameArgument)
    .option(...yesOption)
    .action((name: string | undefined, flags: { readonly yes?: boolean }) =>
      remove(context, name, flags.yes),
    );
  addExamplesBelow(idp, {
    list: ['stint idp list', 'stint idp list --json'],
    add: ['stint idp add --name okta --url https://corp.okta.com/app/aws/123/sso/saml'],
    edit: ['stint idp edit okta --name corp'],
    remove: ['stint idp remove okta', 'stint idp remove okta --yes'],
  });
  addExamples(idp, 'stint idp add --name okta --url https://corp.okta.com/app/aws/123/sso/saml');
}

function withFields(command: Command): Command {
  return command
    .option('--name <NAME>', 'name of the identity provider')
    .option('--url <URL>', 'address where the sign-in to AWS begins')
    .option(...jsonOption);
}

const columns: readonly Column<IdentityProviderView>[] = [
  { title: 'name', value: ({ name }) => name, yields: 0 },
  { title: 'url', value: ({ url }) => url, yields: 1 },
  { title: 'id', value: ({ idpId }) => idpId, yields: 2 },
];

async function list({ owner, shell }: Context, output: ListOutput): Promise<void> {
  const { items } = await owner.request('GET', '/v1/idps');
  if (printList(shell, items, columns, output) === 0 && output.json !== true) {
    say(shell, 'There are no identity providers yet. Add one: stint idp add --help');
  }
}

async function add({ owner, shell }: Context, flags: Fields): Promise<void> {
  const body = fieldsOf(flags) as NewIdentityProvider;
  const added = await owner.request('POST', '/v1/idps', { body }).catch(rethrowAsTyped(typedNames));
  if (flags.json === true) printJson(shell, added);
  else print(shell, added.idpId);
  say(shell, `Added ${printable(added.name)}.`);
}

async function edit(context: Context, name: string | undefined, flags: Fields): Promise<void> {
  const patch = fieldsOf(flags);
  if (Object.keys(patch).length === 0) {
    throw new CommandFailure('usage', 'Give --name or --url.');
  }
  const { idpId } = await find(context, name);
  const edited = await context.owner
    .request('PATCH', '/v1/idps/{id}', { path: { id: idpId }, body: patch })
    .catch(rethrowAsTyped(typedNames));
  if (flags.json === true) printJson(context.shell, edited);
  say(context.shell, `Changed ${printable(edited.name)}.`);
}

async function remove(context: Context, name: string | undefined, yes?: boolean): Promise<void> {
  const { owner, shell } = context;
  const idp = await find(context, name);
  const shown = printable(idp.name);
  const dependents = await dependentsOfSource(
    context,
    (one) => 'idpId' in one && one.idpId === idp.idpId,
  );
  await confirmRemoval(shell, `Remove ${shown} and end its sessions?`, { yes, dependents });
  await owner.request('DELETE', '/v1/idps/{id}', { path: { id: idp.idpId } });
  say(shell, `Removed ${shown}.`);
}

function fieldsOf({ name, url }: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ name, url }).filter(([, value]) => value !== undefined),
  );
}

async function find(context: Context, name: string | undefined): Promise<IdentityProviderView> {
  const { items } = await context.owner.request('GET', '/v1/idps');
  const named = items.map((one) => ({ name: one.name, id: one.idpId, about: one.url, one }));
  const { one } = await findNamed(context, named, name, {
    what: 'identity provider',
    listedBy: 'stint idp list',
  });
  return one;
}
