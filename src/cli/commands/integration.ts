import type { Command } from 'commander';
import { ask } from '../ask.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { findNamed } from '../named.ts';
import type { IntegrationView, NewIntegration } from '../owner.ts';
import { leaveToAPerson } from '../person-needed.ts';
import { printable } from '../printable.ts';
import { seeThrough } from '../see-through.ts';
import { sessionFields } from '../session-text.ts';
import { isInteractive, print, printJson, say } from '../shell.ts';
import { formatTable } from '../table.ts';
import { formatInstant } from '../times.ts';
import type { Standing } from '../watch.ts';

interface Json {
  readonly json?: boolean;
}

interface Fields {
  readonly name?: string;
  readonly startUrl?: string;
  readonly region?: string;
  readonly scope?: readonly string[];
}

interface LoginFlags extends Json {
  readonly deviceCode?: boolean;
  readonly browser?: boolean;
}

const nameArgument = ['[NAME]', 'name or id; left out, you choose'] as const;

export function addIntegrationCommand(program: Command, context: Context): void {
  const integration = program
    .command('integration')
    .description('sources of sessions, such as AWS IAM Identity Center');
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
  const add = integration.command('add').description('add an integration');
  withFields(add.command('awsSso').description('AWS IAM Identity Center')).action(
    (flags: Fields & Json) => addAwsSso(context, flags),
  );
  withFields(integration.command('edit').description('change fields; another place logs it out'))
    .argument(...nameArgument)
    .action((name: string | undefined, flags: Fields & Json) => edit(context, name, flags));
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

function withFields(command: Command): Command {
  return command
    .option('--name <NAME>', 'its name')
    .option(
      '--start-url <URL>',
      'the access portal, such as https://d-1234567890.awsapps.com/start',
    )
    .option('--region <REGION>', 'where the Identity Center instance lives')
    .option('--scope <SCOPE...>', 'asked for at the sign-in; sso:account:access if left out')
    .option('--json', 'print what the API answers');
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
    { title: 'region', value: (one) => (one.kind === 'awsSso' ? one.region : '') },
    { title: 'synced', value: ({ lastSync }) => formatInstant(lastSync ?? '') },
    { title: 'id', value: ({ integrationId }) => integrationId },
  ]);
  for (const line of lines) print(shell, line);
  if (lines.length === 0) {
    say(shell, 'There are no integrations yet. Add one: stint integration add awsSso --help');
  }
}

async function show(context: Context, name: string | undefined, { json }: Json): Promise<void> {
  const integration = await find(context, name);
  if (json === true) printJson(context.shell, integration);
  else for (const line of sessionFields(integration)) print(context.shell, line);
}

async function addAwsSso(context: Context, flags: Fields & Json): Promise<void> {
  const { owner, shell } = context;
  // What an integration has to be is for the API to say.
  const body = { kind: 'awsSso', ...fieldsOf(flags) } as NewIntegration;
  const added = await owner.request('POST', '/v1/integrations', { body });
  if (flags.json === true) printJson(shell, added);
  else print(shell, added.integrationId);
  say(shell, `Added ${printable(added.name)}. Get its sessions: stint integration sync`);
}

async function edit(context: Context, name: string | undefined, flags: Fields & Json) {
  const patch = fieldsOf(flags);
  if (Object.keys(patch).length === 0) {
    throw new CommandFailure(
      'usage',
      'Nothing to change was given.',
      '`stint integration edit --help` shows the fields.',
    );
  }
  const { integrationId } = await find(context, name);
  const edited = await context.owner.request('PATCH', '/v1/integrations/{id}', {
    path: { id: integrationId },
    body: patch,
  });
  if (flags.json === true) printJson(context.shell, edited);
  say(context.shell, `Changed ${printable(edited.name)}.`);
}

async function remove(
  context: Context,
  name: string | undefined,
  { sessions, yes }: { readonly sessions?: boolean; readonly yes?: boolean },
): Promise<void> {
  const { owner, shell } = context;
  const integration = await find(context, name);
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

async function login(context: Context, name: string | undefined, flags: LoginFlags) {
  const { owner, shell } = context;
  const { integrationId } = await find(context, name);
  const method =
    flags.deviceCode === true ? 'device-code' : flags.browser === true ? 'browser' : undefined;
  const answer = await owner.request('POST', '/v1/integrations/{id}/login', {
    path: { id: integrationId },
    body: method === undefined ? {} : { method },
  });
  const settled = await signedIn(context, answer);
  if (flags.json === true) printJson(shell, settled ?? answer);
  if (settled === undefined) return;
  say(shell, `${printable(settled.integration.name)} is signed in.`);
}

async function logout(context: Context, name: string | undefined, { json }: Json): Promise<void> {
  const { owner, shell } = context;
  const { integrationId } = await find(context, name);
  const after = await owner.request('POST', '/v1/integrations/{id}/logout', {
    path: { id: integrationId },
  });
  if (json === true) printJson(shell, after);
  say(shell, `${printable(after.name)} is signed out; sessions that came by it have ended.`);
}

async function sync(context: Context, name: string | undefined, { json }: Json): Promise<void> {
  const { owner, shell } = context;
  const { integrationId } = await find(context, name);
  const request = () =>
    withProgress(context, integrationId, () =>
      owner.request('POST', '/v1/integrations/{id}/sync', { path: { id: integrationId } }),
    );
  let answer = await request();
  if (!('result' in answer) && (await signedIn(context, answer)) !== undefined) {
    // It went on by itself once somebody had signed in: this joins it, or finds all in step.
    answer = await request();
  }
  if (json === true) printJson(shell, answer);
  if (!('result' in answer)) return;
  const { added, changed, unchanged, vanished, skipped } = answer.result;
  say(
    shell,
    `${added} added, ${changed} changed, ${unchanged} as they were, ${vanished} offered no more.`,
  );
  if (skipped.length > 0) {
    say(shell, `AWS does not tell the roles of ${skipped.join(', ')} yet; sync again later.`);
  }
}

/** Tells at a terminal how far the sync has come while `work` goes on. */
async function withProgress<T>(
  { owner, shell }: Context,
  integrationId: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!isInteractive(shell)) return await work();
  const over = new AbortController();
  const follow = async () => {
    for await (const { event } of owner.events({ signal: over.signal })) {
      if (event.type !== 'integration') continue;
      const { sync, integrationId: id } = event.integration;
      if (id !== integrationId || sync?.accounts === undefined) continue;
      const told = `${sync.accountsDone} of ${sync.accounts} accounts, ${sync.roles} roles`;
      // On the same line again; the last one stays.
      shell.stderr.write(`\r${told}${sync.accountsDone === sync.accounts ? '\n' : ''}`);
    }
  };
  void follow().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort();
  }
}

/** Sees a sign-in through at the terminal; undefined where nobody is there for it. */
async function signedIn(
  context: Context,
  answer: {
    readonly integration: IntegrationView;
    readonly prompts?: Parameters<typeof leaveToAPerson>[1];
  },
): Promise<{ readonly integration: IntegrationView } | undefined> {
  const { owner, shell } = context;
  const { integration, prompts = [] } = answer;
  if (prompts.length === 0) return { integration };
  if (!isInteractive(shell)) {
    leaveToAPerson(context, prompts);
    return undefined;
  }
  const { integrationId } = integration;
  const look = async (): Promise<Standing<IntegrationView>> => {
    const [now, { items }] = await Promise.all([
      owner.request('GET', '/v1/integrations/{id}', { path: { id: integrationId } }),
      owner.request('GET', '/v1/prompts'),
    ]);
    return { now, prompts: items.filter((prompt) => prompt.integrationId === integrationId) };
  };
  const after = await seeThrough(context, look, ({ status }) => status !== 'logging-in');
  if (after.status === 'logged-in') return { integration: after };
  throw new CommandFailure('failed', `${printable(after.name)} was not signed in.`);
}

function fieldsOf({ name, startUrl, region, scope }: Fields): Record<string, unknown> {
  const given = { name, startUrl, region, scopes: scope };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function find(context: Context, name: string | undefined): Promise<IntegrationView> {
  const { items } = await context.owner.request('GET', '/v1/integrations');
  const named = items.map((one) => ({ name: one.name, id: one.integrationId, one }));
  const { one } = await findNamed(context, named, name, {
    what: 'integration',
    listedBy: 'stint integration list',
  });
  return one;
}
