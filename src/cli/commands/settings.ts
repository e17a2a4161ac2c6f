import type { Command } from 'commander';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import { addExamples, addExamplesBelow, jsonOption, type Json } from '../arguments/help.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import {
  environmentRulesText,
  parseEnvironmentRules,
  type EnvironmentRule,
} from '../../models/environment-rules.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { SettingsPatch } from '../owner/owner-client.ts';
import { awsPartitionOf, awsRegions } from '../../models/aws-region.ts';
import { addListOutput, printList, type ListOutput } from '../terminal/list-output.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import { formatFields, type Column } from '../terminal/table.ts';

export function addSettingsCommand(program: Command, context: Context): void {
  const settings = program
    .command('settings')
    .description('view and change settings')
    .option(...jsonOption)
    .enablePositionalOptions()
    .action(({ json }: Json) => get(context, undefined, json === true));
  settings
    .command('get')
    .description('show all settings, or the value of one')
    .argument('[NAME]', 'such as default-region or defaultRegion')
    .option(...jsonOption)
    .action((name: string | undefined, { json }: Json) => get(context, name, json === true));
  settings
    .command('set')
    .description('change a setting')
    .argument('<NAME>')
    .argument('<VALUE>')
    .action((name: string, value: string) => change(context, name, value));
  settings
    .command('unset')
    .description('remove an optional setting')
    .argument('<NAME>')
    .action((name: string) => change(context, name, null));
  addListOutput(
    settings.command('regions').description('list the regions of AWS, by partition'),
    regionColumns,
  ).action((output: ListOutput) => {
    const rows = awsRegions.map((region) => ({ region, partition: awsPartitionOf(region) }));
    printList(context.shell, rows, regionColumns, output);
  });
  addExamplesBelow(settings, {
    get: ['stint settings get default-region', 'stint settings get --json'],
    set: [
      'stint settings set default-region eu-west-1',
      'stint settings set renew-after-expiry-hours 4',
    ],
    unset: ['stint settings unset http-proxy'],
    regions: ['stint settings regions', 'stint settings regions --csv'],
  });
  addExamples(
    settings,
    'stint settings',
    'stint settings set default-region eu-west-1',
    'stint settings unset http-proxy',
  );
}

const regionColumns: readonly Column<{ readonly region: string; readonly partition: string }>[] = [
  { title: 'region', value: ({ region }) => region },
  { title: 'partition', value: ({ partition }) => partition },
];

async function get(
  { owner, shell }: Context,
  name: string | undefined,
  json: boolean,
): Promise<void> {
  const settings = await owner.request('GET', '/v1/settings');
  if (name !== undefined) {
    const value = (settings as Readonly<Record<string, SettingValue | undefined>>)[camelCase(name)];
    if (value === undefined)
      throw new CommandFailure(
        'notFound',
        `The setting "${name}" is not set.`,
        'See: stint settings',
      );
    if (json) printJson(shell, value);
    else print(shell, textOf(value));
  } else if (json) {
    printJson(shell, settings);
  } else {
    const fields = Object.entries(settings).map(([key, value]) => [key, textOf(value)] as const);
    for (const line of formatFields(fields)) print(shell, line);
  }
}

async function change(
  { owner, shell }: Context,
  name: string,
  value: string | null,
): Promise<void> {
  const setting = camelCase(name);
  // The API decides which settings exist and what they accept.
  const meant = value === null ? null : valueOf(shell.env, setting, value);
  const body = { [setting]: meant } as SettingsPatch;
  await owner.request('PATCH', '/v1/settings', { body }).catch(rethrowAsTyped({ [setting]: name }));
  say(
    shell,
    value === null ? `${setting} is no longer set.` : `${setting} is now ${textOf(meant ?? '')}.`,
  );
}

/** Settings that name a file or folder: a relative one is where it was typed, not where the agent is. */
const files = [
  'awsCredentialsFile',
  'awsConfigFile',
  'azureConfigDir',
  'caBundle',
  'azureCaBundle',
];

/** Settings that are true or false. */
const switches = [
  'checkForUpdates',
  'openAtLogin',
  'awsUseFipsEndpoint',
  'awsUseDualstackEndpoint',
];

/** Settings that are whole numbers. */
const numbers = [
  'archivedDays',
  'deleteOldKeyAfterDays',
  'tokenKeyDays',
  'lockAfterIdleMinutes',
  'renewAfterExpiryHours',
  'defaultMaxSessionSeconds',
  'defaultIdleSeconds',
  'maxExtendedSeconds',
  'limitWarningMinutes',
];

type SettingValue = string | number | boolean | readonly EnvironmentRule[];

function textOf(value: SettingValue): string {
  return typeof value === 'object' ? environmentRulesText(value) : String(value);
}

function valueOf(env: NodeJS.ProcessEnv, setting: string, value: string): SettingValue {
  if (setting === 'environmentRules') return rulesOf(value);
  if (files.includes(setting)) return fileNamed(env, value);
  if (numbers.includes(setting) && /^\d+$/.test(value)) return Number(value);
  return switches.includes(setting) && /^(true|false)$/i.test(value)
    ? value.toLowerCase() === 'true'
    : value;
}

function rulesOf(text: string): readonly EnvironmentRule[] {
  const rules = parseEnvironmentRules(text);
  if (rules !== undefined) return rules;
  throw new CommandFailure(
    'usage',
    `"${text}" is not a list of environment rules.`,
    "Write: stint settings set environment-rules 'any: *-prod = production; session: break-glass* = production'",
  );
}

function fileNamed(env: NodeJS.ProcessEnv, path: string): string {
  return path === '' ? path : resolve(expandPath(path, env, env['HOME'] || homedir()));
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
