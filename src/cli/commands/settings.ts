import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { SettingsPatch } from '../owner/owner-client.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import { formatFields } from '../terminal/table.ts';

export function addSettingsCommand(program: Command, context: Context): void {
  const settings = program
    .command('settings')
    .description('what you have chosen')
    .option('--json', 'print what the API answers')
    .enablePositionalOptions()
    .action((flags: { readonly json?: boolean }) => get(context, undefined, flags.json === true));
  settings
    .command('get')
    .description('show all settings, or the value of one')
    .argument('[NAME]', 'such as defaultRegion or default-region')
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, flags: { readonly json?: boolean }) =>
      get(context, name, flags.json === true),
    );
  settings
    .command('set')
    .description('change a setting')
    .argument('<NAME>')
    .argument('<VALUE>')
    .action((name: string, value: string) => change(context, name, value));
  settings
    .command('unset')
    .description('take an optional setting away')
    .argument('<NAME>')
    .action((name: string) => change(context, name, null));
}

async function get(
  { owner, shell }: Context,
  name: string | undefined,
  json: boolean,
): Promise<void> {
  const settings = await owner.request('GET', '/v1/settings');
  if (name !== undefined) {
    const value = (settings as Readonly<Record<string, string | undefined>>)[camelCase(name)];
    if (value === undefined) throw new CommandFailure('notFound', `No setting "${name}" is set.`);
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
  // Which settings there are, and what they may be, is for the API to say.
  const body = { [setting]: value } as SettingsPatch;
  await owner.request('PATCH', '/v1/settings', { body });
  say(shell, value === null ? `${setting} is not set any more.` : `${setting} is now ${value}.`);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
