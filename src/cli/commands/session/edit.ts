import type { Command } from 'commander';
import { accessKeys } from '../../sessions/access-keys.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { printable } from '../../terminal/printable.ts';
import {
  addFlags,
  collect,
  fieldNamed,
  fieldsGiven,
  flagsOfAllTypes,
  put,
} from '../../sessions/session-flags.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { withSourceIds } from '../../sessions/source-ids.ts';
import { printJson, say } from '../../terminal/shell.ts';

export function addSessionEdit(session: Command, context: Context): void {
  const command = session
    .command('edit')
    .description('change fields of a session; a run under way goes on with what it began with')
    .argument('[NAME]', 'name or id; left out, you choose');
  addFlags(command, flagsOfAllTypes());
  command
    .option('--unset <FIELD>', 'take a field away, such as mfa-serial; may be repeated', collect)
    .option('--access-keys', 'give the IAM user other keys: asked for, or from the environment')
    .option('--json', 'print what the API answers')
    .action((name: string | undefined, given: Readonly<Record<string, unknown>>) =>
      edit(context, name, given),
    );
}

async function edit(
  context: Context,
  name: string | undefined,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { owner, shell } = context;
  const patch = fieldsGiven(flagsOfAllTypes(), given);
  for (const field of (given['unset'] as readonly string[] | undefined) ?? []) {
    put(patch, fieldNamed(field), null);
  }
  const newKeys = given['accessKeys'] === true;
  if (Object.keys(patch).length === 0 && !newKeys) {
    throw new CommandFailure(
      'usage',
      'Nothing to change was given.',
      '`stint session edit --help` shows the fields.',
    );
  }
  const { sessionId } = await namedSession(context, name);
  const body = await withSourceIds(context, patch);
  if (newKeys) body['secrets'] = await accessKeys(shell);
  const edited = await owner.request('PATCH', '/v1/sessions/{id}', {
    path: { id: sessionId },
    body,
  });
  if (given['json'] === true) printJson(shell, edited);
  const later = edited.status === 'inactive' ? '' : ' It counts from the next start.';
  say(shell, `Changed ${printable(edited.sessionName)}.${later}`);
}
