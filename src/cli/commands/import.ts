import { Argument, type Command } from 'commander';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  importSources,
  type ImportAnswer,
  type ImportItem,
  type ImportSource,
  type ImportUndoAnswer,
} from '../../models/import.ts';
import { expandPath } from '../../models/path-variables.ts';
import { addExamples, jsonOption, yesOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { confirmRemoval } from '../terminal/confirm.ts';
import { print, printJson, say, type Shell } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';

interface Flags extends Json {
  readonly apply?: boolean;
  readonly withKeys?: boolean;
  readonly file?: string;
  readonly machineId?: string;
  readonly samlProvider?: string;
  readonly undo?: boolean;
  readonly yes?: boolean;
}

const kindNames: Readonly<Record<ImportItem['kind'], string>> = {
  identityProvider: 'identity provider',
  integration: 'integration',
  session: 'session',
  accessKeys: 'access keys',
  setting: 'setting',
  other: 'other',
};

export function addImportCommand(program: Command, context: Context): void {
  const command = program
    .command('import')
    .summary('import what another tool has set up')
    .description('import what another tool has set up: first shows what it would make')
    .addArgument(new Argument('[TOOL]').choices(Object.keys(importSources)))
    .option('--apply', 'make it, in one step')
    .option('--with-keys', 'also copy long-lived access keys to the vault; the files keep them')
    .option('--file <PATH>', "the tool's file, if it is not in its usual place")
    .option('--machine-id <ID>', 'leapp: id of the machine that the workspace comes from')
    .option('--saml-provider <NAME>', 'saml2aws: name of the SAML provider in IAM')
    .option('--undo', 'take the last import back: removes what was not changed since')
    .option(...yesOption)
    .option(...jsonOption)
    .action((tool: ImportSource | undefined, flags: Flags) =>
      flags.undo === true ? undo(context, tool, flags) : run(context, tool, flags),
    );
  addExamples(
    command,
    'stint import aws-config                        show what it would make',
    'stint import aws-config --apply --with-keys    make it, and copy the keys to the vault',
    'stint import --undo                            take it back',
  );
}

async function run(
  { owner, shell }: Context,
  tool: ImportSource | undefined,
  { apply = false, withKeys = false, file, machineId, samlProvider, json }: Flags,
): Promise<void> {
  if (tool === undefined) {
    const tools = Object.entries(importSources).map(([name, { title }]) => `${name} (${title})`);
    throw new CommandFailure('usage', `Name the tool to import from: ${tools.join(', ')}.`);
  }
  const files = filesOf(shell.env, tool, file);
  const answer = await owner.request('POST', '/v1/import', {
    body: {
      from: tool,
      apply,
      withKeys,
      options: {
        ...(machineId === undefined ? {} : { machineId }),
        ...(samlProvider === undefined ? {} : { samlProvider }),
      },
      ...(Object.keys(files).length === 0 ? {} : { files }),
    },
  });
  if (!answer.files.some(({ found }) => found)) throw nothingFound(answer);
  if (json === true) printJson(shell, answer);
  else printAnswer(shell, answer);
}

function nothingFound({ from, files }: ImportAnswer): CommandFailure {
  const paths = files.map(({ path }) => path);
  return new CommandFailure(
    'notFound',
    `There is nothing to import from ${importSources[from].title}: no file at ${paths.join(', ')}.`,
    `If it keeps its files elsewhere, name the place: stint import ${from} --file PATH`,
  );
}

/** Where the tool keeps its files in this shell: the owner may have been started in another one. */
function filesOf(
  env: NodeJS.ProcessEnv,
  tool: ImportSource,
  file: string | undefined,
): Record<string, string> {
  const variables: Readonly<Record<string, string | undefined>> = importSources[tool].files;
  const named = Object.entries(variables).flatMap(([name, variable], index) => {
    const path = (index === 0 ? file : undefined) ?? locationIn(env, variable);
    return path ? [[name, resolve(expandPath(path, env, env['HOME'] || homedir()))] as const] : [];
  });
  return Object.fromEntries(named);
}

/** What `VARIABLE` or `VARIABLE/FILE` says here. */
function locationIn(env: NodeJS.ProcessEnv, location = ''): string | undefined {
  const [variable = '', ...inside] = location.split('/');
  const value = env[variable];
  return value ? join(value, ...inside) : undefined;
}

function printAnswer(shell: Shell, { from, files, items, notes, applied }: ImportAnswer): void {
  const read = files.filter(({ found }) => found).map(({ path }) => path);
  say(shell, `Read ${read.join(' and ')}.`);
  for (const line of itemTable(items, applied)) print(shell, line);
  for (const { kind, name, notes: own } of items) {
    for (const note of own) say(shell, `${kindNames[kind]} ${name}: ${note}`);
  }
  for (const note of notes) say(shell, note);
  const count = items.filter(({ outcome }) => outcome === 'create').length;
  const keys = items.some(({ kind, outcome }) => kind === 'accessKeys' && outcome === 'cannot');
  if (applied) {
    say(shell, count === 0 ? 'Nothing was made.' : `Made ${count}. To undo: stint import --undo`);
  } else if (count === 0) say(shell, 'There is nothing to make.');
  else {
    const flag = keys ? ', and --with-keys to copy the access keys too' : '';
    say(shell, `Nothing was changed. To make it: stint import ${from} --apply${flag}`);
  }
}

function itemTable(items: readonly ImportItem[], applied: boolean): readonly string[] {
  const done = applied ? 'created' : 'create';
  return formatTable(items, [
    { title: 'result', value: ({ outcome }) => (outcome === 'create' ? done : outcome) },
    { title: 'what', value: ({ kind }) => kindNames[kind] },
    { title: 'name', value: ({ name }) => name },
    { title: 'details', value: ({ reason, source }) => reason ?? source },
  ]);
}

async function undo(
  { owner, shell }: Context,
  tool: ImportSource | undefined,
  { yes, json }: Flags,
): Promise<void> {
  const plan = await owner.request('POST', '/v1/import/undo', { body: { apply: false } });
  if (tool !== undefined && tool !== plan.from) {
    throw new CommandFailure(
      'failed',
      `The last import is from ${plan.from}, not from ${tool}.`,
      'To take that one back: stint import --undo',
    );
  }
  if (json !== true) printUndo(shell, plan);
  const count = plan.items.filter(({ outcome }) => outcome === 'remove').length;
  await confirmRemoval(shell, `Remove these ${count}?`, { yes });
  const answer = await owner.request('POST', '/v1/import/undo', { body: { apply: true } });
  if (json === true) printJson(shell, answer);
  else say(shell, `The import from ${answer.from} is taken back.`);
}

function printUndo(shell: Shell, { items, from, at }: ImportUndoAnswer): void {
  say(shell, `The last import is from ${from}, at ${at}.`);
  const lines = formatTable(items, [
    { title: 'result', value: ({ outcome }) => outcome },
    { title: 'what', value: ({ kind }) => kindNames[kind] },
    { title: 'name', value: ({ name }) => name },
    { title: 'details', value: ({ reason = '' }) => reason },
  ]);
  for (const line of lines) print(shell, line);
}
