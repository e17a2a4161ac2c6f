import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import type { SessionType } from '../../../models/session-fields.ts';
import { accessKeys } from '../../sessions/access-keys.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import type { NewSession } from '../../owner/owner-client.ts';
import { printable } from '../../terminal/printable.ts';
import { addFlags, fieldsGiven, flagsOfType } from '../../sessions/session-flags.ts';
import { withSourceIds } from '../../sessions/source-ids.ts';
import { print, printJson, readPiped, say } from '../../terminal/shell.ts';

const types: Readonly<Record<SessionType, string>> = {
  awsIamUser: 'an IAM user with access keys, with or without MFA',
  awsIamRoleFederated: 'an IAM role signed in to through a SAML identity provider',
  awsIamRoleChained: 'an IAM role taken on with the credentials of another session',
  awsSsoRole: 'a role of IAM Identity Center',
  azure: 'an Azure subscription',
};

interface AddFlags {
  readonly fromJson?: string;
  readonly json?: boolean;
}

export function addSessionAdd(session: Command, context: Context): void {
  const add = session
    .command('add')
    .enablePositionalOptions()
    .description('add a session: by flags, or whole as the API takes it')
    .usage('TYPE --name NAME --region REGION [flags]\n       stint session add --from-json -')
    .option('--from-json <FILE>', 'a whole session with its `secrets`; - reads standard input')
    .option('--json', 'print what the API answers, instead of only the id')
    .allowExcessArguments()
    .action((flags: AddFlags, command: Command) => addFromJson(context, flags, command.args));
  for (const [type, what] of Object.entries(types) as [SessionType, string][]) {
    const flags = flagsOfType(type);
    const command = add.command(type).description(what);
    addFlags(command, flags);
    command
      .option('--json', 'print what the API answers, instead of only the id')
      .action(async (given: Readonly<Record<string, unknown>>) => {
        const fields = await withSourceIds(context, fieldsGiven(flags, given));
        const secrets = type === 'awsIamUser' ? { secrets: await accessKeys(context.shell) } : {};
        await addSession(context, { type, ...fields, ...secrets }, given['json'] === true);
      });
  }
}

async function addFromJson(context: Context, flags: AddFlags, types: readonly string[]) {
  const { fromJson, json } = flags;
  if (fromJson === undefined || types.length > 0) throw usage(types[0]);
  const text = fromJson === '-' ? await readPiped(context.shell) : readFile(fromJson);
  await addSession(context, parse(text, fromJson), json === true);
}

async function addSession(context: Context, session: unknown, json: boolean): Promise<void> {
  const { owner, shell } = context;
  // What a session has to be is for the API to say.
  const added = await owner.request('POST', '/v1/sessions', { body: session as NewSession });
  if (json) printJson(shell, added);
  else print(shell, added.sessionId);
  const profile = 'profileName' in added ? ` on profile ${printable(added.profileName)}` : '';
  say(shell, `Added ${printable(added.sessionName)}${profile}.`);
}

function usage(type: string | undefined): CommandFailure {
  return new CommandFailure(
    'usage',
    type === undefined ? 'Say which type of session.' : `There is no session type "${type}".`,
    `Types: ${Object.keys(types).join(', ')}. See: stint session add --help`,
  );
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure('usage', `${path} cannot be read: ${(error as Error).message}`);
  }
}

/** What stands there may hold secrets, so it is never repeated. */
function parse(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailure(
      'usage',
      `${from === '-' ? 'Standard input' : from} is not JSON.`,
      'It takes a session as `stint session show NAME --json` prints it, without what Stint keeps itself.',
    );
  }
}
