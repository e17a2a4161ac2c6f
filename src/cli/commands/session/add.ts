import type { Command } from 'commander';
import type { SessionType } from '../../../models/session-fields.ts';
import { addFlags, fieldsGiven, typedNamesOf } from '../../arguments/field-flags.ts';
import { addExamples } from '../../arguments/help.ts';
import { readTextFile } from '../../arguments/text-file.ts';
import { rethrowAsTyped, type TypedNames } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import type { NewSession } from '../../owner/owner-client.ts';
import { accessKeys } from '../../sessions/access-keys.ts';
import { flagsOfType } from '../../sessions/session-flags.ts';
import { withSourceIds } from '../../sessions/source-ids.ts';
import { printable } from '../../terminal/printable.ts';
import { print, printJson, readPiped, say } from '../../terminal/shell.ts';

const types: Readonly<Record<SessionType, string>> = {
  awsIamUser: 'an IAM user with access keys, with or without MFA',
  awsIamRoleFederated: 'an IAM role, signed in to at a SAML identity provider',
  awsIamRoleChained: 'an IAM role, assumed with the credentials of another session',
  awsSsoRole: 'a role in AWS IAM Identity Center',
  azure: 'an Azure subscription',
};

/** Typed at a prompt or in the environment, not as a flag. */
const secretNames: TypedNames = {
  'secrets.accessKeyId': 'The access key id',
  'secrets.secretAccessKey': 'The secret access key',
};

interface AddFlags {
  readonly fromJson?: string;
  readonly json?: boolean;
}

const jsonOption = ['--json', 'print the answer of the API instead of the id'] as const;

export function addSessionAdd(session: Command, context: Context): void {
  const add = session
    .command('add')
    .enablePositionalOptions()
    .description('add a session')
    .usage('TYPE --name NAME [flags]\n       stint session add --from-json -')
    .option('--from-json <FILE>', 'a whole session with its `secrets` (-: standard input)')
    .option(...jsonOption)
    .allowExcessArguments()
    .action((flags: AddFlags, command: Command) => addFromJson(context, flags, command.args));
  add.commandsGroup('Types:');
  for (const [type, what] of Object.entries(types) as [SessionType, string][]) {
    const flags = flagsOfType(type);
    const command = add.command(type).description(what);
    addFlags(command, flags);
    command.option(...jsonOption).action(async (given: Readonly<Record<string, unknown>>) => {
      const fields = {
        ...(given['region'] === undefined ? await usualRegion(context, type) : {}),
        ...(await withSourceIds(context, fieldsGiven(flags, given))),
      };
      const secrets = type === 'awsIamUser' ? { secrets: await accessKeys(context.shell) } : {};
      const typed = { ...typedNamesOf(flags), ...secretNames };
      await addSession(context, { type, ...fields, ...secrets }, { typed, given });
    });
  }
  addExamples(
    add,
    'stint session add awsIamUser --name payments --region eu-west-1',
    'stint session add awsIamRoleChained --help',
    'stint session add --from-json session.json',
  );
}

/** Where new sessions are, unless the person says otherwise. */
async function usualRegion({ owner }: Context, type: SessionType) {
  const { defaultRegion, defaultLocation } = await owner.request('GET', '/v1/settings');
  return { region: type === 'azure' ? defaultLocation : defaultRegion };
}

async function addFromJson(context: Context, flags: AddFlags, types: readonly string[]) {
  const { fromJson } = flags;
  if (fromJson === undefined || types.length > 0) throw usage(types[0]);
  const text = fromJson === '-' ? await readPiped(context.shell) : readTextFile(fromJson);
  // The person typed the API's own names.
  await addSession(context, parse(text, fromJson), { typed: {}, given: { ...flags } });
}

async function addSession(
  { owner, shell }: Context,
  session: unknown,
  {
    typed,
    given,
  }: { readonly typed: TypedNames; readonly given: Readonly<Record<string, unknown>> },
): Promise<void> {
  // The API decides what a session needs.
  const added = await owner
    .request('POST', '/v1/sessions', { body: session as NewSession })
    .catch(rethrowAsTyped(typed));
  if (given['json'] === true) printJson(shell, added);
  else print(shell, added.sessionId);
  const profile = 'profileName' in added ? ` with profile ${printable(added.profileName)}` : '';
  say(shell, `Added ${printable(added.sessionName)}${profile}.`);
}

function usage(type: string | undefined): CommandFailure {
  return new CommandFailure(
    'usage',
    type === undefined ? 'Name the type of the session.' : `"${type}" is not a session type.`,
    `Types: ${Object.keys(types).join(', ')}. See: stint session add --help`,
  );
}

/** The text may hold secrets, so the message never repeats it. */
function parse(text: string, from: string): unknown {
  try {
    // PowerShell 5 begins what it pipes with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new CommandFailure(
      'usage',
      `${from === '-' ? 'Standard input' : from} is not JSON.`,
      'Give a session as `stint session show NAME --json` prints it, without what Stint adds itself.',
    );
  }
}
