import type { Command } from 'commander';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import { addExamples, jsonOption, type Json } from '../arguments/help.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { SettingsPatch } from '../owner/owner-client.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import { formatFields } from '../terminal/table.ts';

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
  addExamples(
    settings,
    'stint settings',
    'stint settings set default-region eu-west-1',
    'stint settings unset http-proxy',
  );
}

async function get(
  { owner, shell }: Context,
  name: string | undefined,
  json: boolean,
): Promise<void> {
  const settings = await owner.request('GET', '/v1/settings');
  if (name !== undefined) {
    const value = (settings as Readonly<Record<string, string | undefined>>)[camelCase(name)];
    if (value === undefined)
      throw new CommandFailure(
        'notFound',
        `The setting "${name}" is not set.`,
        'See: stint settings',
      );
    if (json) printJson(shell, value);
    else print(shell, value);
  } else if (json) {
    printJson(shell, settings);
  } else {
    const fields = Object.entries(settings).map(([key, value]) => [key, value] as const);
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
  const meant = value !== null && files.includes(setting) ? fileNamed(shell.env, value) : value;
  const body = { [setting]: meant } as SettingsPatch;
  await owner.request('PATCH', '/v1/settings', { body }).catch(rethrowAsTyped({ [setting]: name }));
  say(shell, value === null ? `${setting} is no longer set.` : `${setting} is now ${meant}.`);
}

/** Settings that name a file or folder: a relative one is where it was typed, not where the agent is. */
const files = ['awsCredentialsFile', 'awsConfigFile', 'azureConfigDir', 'caBundle'];

function fileNamed(env: NodeJS.ProcessEnv, path: string): string {
  return path === '' ? path : resolve(expandPath(path, env, env['HOME'] || homedir()));
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
