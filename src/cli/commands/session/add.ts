import type { Command } from 'commander';
import type { SessionType } from '../../../models/session-fields.ts';
import { addFlags, fieldsGiven, typedNamesOf } from '../../arguments/field-flags.ts';
import { addExamples, addExamplesBelow } from '../../arguments/help.ts';
import { readTextFile } from '../../arguments/text-file.ts';
import { rethrowAsTyped, type TypedNames } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import type { NewSession } from '../../owner/owner-client.ts';
import { accessKeys } from '../../sessions/access-keys.ts';
import { withoutKept } from '../../sessions/kept-fields.ts';
import { flagsOfType } from '../../sessions/session-flags.ts';
import { askMissing, typeTexts } from '../../sessions/add/ask-missing.ts';
import { withSourceIds } from '../../sessions/source-ids.ts';
import { printable } from '../../../models/printable.ts';
import { pick } from '../../terminal/picker.ts';
import {
  isInteractive,
  print,
  printJson,
  readPiped,
  say,
  type Shell,
} from '../../terminal/shell.ts';

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
    .description('add a session; a terminal asks for what is missing')
    .usage('TYPE --name NAME [flags]\n       stint session add --from-json -')
    .option('--from-json <FILE>', 'a whole session with its `secrets` (-: standard input)')
    .option(...jsonOption)
    .allowExcessArguments()
    // Otherwise a flag after a type that does not exist is what the error names.
    .allowUnknownOption()
    .action((flags: AddFlags, command: Command) => addFromJson(context, flags, command.args));
  add.commandsGroup('Types:');
  for (const [type, what] of Object.entries(typeTexts) as [SessionType, string][]) {
    const flags = flagsOfType(type);
    const command = add.command(type).description(what);
    addFlags(command, flags);
    command
      .option(...jsonOption)
      .action((given: Readonly<Record<string, unknown>>) => addOfType(context, type, given));
  }
  addExamplesBelow(add, {
    awsIamUser: [
      'stint session add awsIamUser --name payments --region eu-west-1',
      'stint session add awsIamUser --name ops --mfa-serial arn:aws:iam::111122223333:mfa/anna',
    ],
    awsIamRoleFederated: [
      'stint session add awsIamRoleFederated --name audit --idp-id okta --idp-arn arn:aws:iam::111122223333:saml-provider/okta --role-arn arn:aws:iam::111122223333:role/Audit',
    ],
    awsIamRoleChained: [
      'stint session add awsIamRoleChained --name deploy --parent-session-id payments --role-arn arn:aws:iam::111122223333:role/Deploy --role-session-name anna',
    ],
    awsSsoRole: [
      'stint session add awsSsoRole --name prod --integration-id corp --account-id 111122223333 --account-name prod --role-name Admin',
      'stint integration sync corp    (adds all roles of the portal)',
    ],
    azure: [
      'stint session add azure --name dev --integration-id contoso --tenant-id ID --subscription-id ID --subscription-name dev',
      'stint integration sync contoso    (adds all subscriptions)',
    ],
  });
  addExamples(
    add,
    'stint session add awsIamUser --name payments --region eu-west-1',
    'stint session add awsIamRoleChained --help',
    'stint session add --from-json session.json',
  );
}

async function addOfType(
  context: Context,
  type: SessionType,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { shell } = context;
  const canAsk = isInteractive(shell);
  if (given['name'] === undefined && !canAsk) {
    throw new CommandFailure('usage', '--name is required.', 'Nothing was changed.');
  }
  const flags = flagsOfType(type);
  const said = await withSourceIds(context, fieldsGiven(flags, given));
  const fields = canAsk
    ? await askMissing(context, type, said)
    : { ...(said['region'] === undefined ? await usualRegion(context, type) : {}), ...said };
  const secrets = type === 'awsIamUser' ? { secrets: await accessKeys(shell) } : {};
  const typed = { ...typedNamesOf(flags), ...secretNames };
  await addSession(context, { type, ...fields, ...secrets }, { typed, given });
}

/** Where new sessions are, unless the person says otherwise. */
async function usualRegion({ owner }: Context, type: SessionType) {
  const { defaultRegion, defaultLocation } = await owner.request('GET', '/v1/settings');
  return { region: type === 'azure' ? defaultLocation : defaultRegion };
}

async function pickType(shell: Shell): Promise<SessionType> {
  const choices = (Object.entries(typeTexts) as [SessionType, string][]).map(([value, text]) => ({
    label: `${value}  ${text}`,
    value,
  }));
  return await pick(shell, 'Which type of session?', choices);
}

async function addFromJson(context: Context, flags: AddFlags, types: readonly string[]) {
  const { fromJson } = flags;
  const [first] = types;
  if (first?.startsWith('-') === true) {
    throw new CommandFailure('usage', `unknown option '${first}'`, 'See: stint session add --help');
  }
  if (fromJson === undefined && types.length === 0 && isInteractive(context.shell)) {
    await addOfType(context, await pickType(context.shell), { ...flags });
    return;
  }
  if (fromJson === undefined || types.length > 0) throw usage(types[0]);
  const text = fromJson === '-' ? await readPiped(context.shell) : readTextFile(fromJson);
  const session = await asNew(context.shell, parse(text, fromJson));
  // The person typed the API's own names.
  await addSession(context, session, { typed: {}, given: { ...flags } });
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
    `Types: ${Object.keys(typeTexts).join(', ')}. See: stint session add --help`,
  );
}

/**
 * What `session show --json` printed, as a new session: without what Stint keeps about the other one.
 * Its secrets never leave the vault, so they are asked for.
 */
async function asNew(shell: Shell, given: unknown): Promise<unknown> {
  if (typeof given !== 'object' || given === null || !('revision' in given)) return given;
  const { ignored, fields } = withoutKept(given);
  say(shell, `Ignored, because Stint sets it: ${ignored.join(', ')}.`);
  const needsKeys = fields['type'] === 'awsIamUser' && fields['secrets'] === undefined;
  return needsKeys ? { ...fields, secrets: await accessKeys(shell) } : fields;
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
      'Give a session as `stint session show NAME --json` prints it.',
    );
  }
}
