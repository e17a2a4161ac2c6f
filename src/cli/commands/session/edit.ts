import type { Command } from 'commander';
import {
  addFlags,
  collect,
  fieldPath,
  fieldsGiven,
  setField,
  typedNamesOf,
} from '../../arguments/field-flags.ts';
import { addExamples, jsonOption, sessionArgument } from '../../arguments/help.ts';
import { rethrowAsTyped } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { accessKeys } from '../../sessions/access-keys.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { flagsOfAllTypes } from '../../sessions/session-flags.ts';
import { withSourceIds } from '../../sessions/source-ids.ts';
import { printable } from '../../terminal/printable.ts';
import { printJson, say } from '../../terminal/shell.ts';

export function addSessionEdit(session: Command, context: Context): void {
  const command = session
    .command('edit')
    .description('change a session; a run keeps the values it started with')
    .argument(...sessionArgument);
  addFlags(command, flagsOfAllTypes());
  command
    .option('--unset <FIELD>', 'remove a field, such as mfa-serial (repeatable)', collect)
    .option('--access-keys', 'replace the keys of the IAM user; Stint asks for them')
    .option(...jsonOption)
    .action((name: string | undefined, given: Readonly<Record<string, unknown>>) =>
      edit(context, name, given),
    );
  addExamples(
    command,
    'stint session edit payments --region eu-west-1 --label web --label team-a',
    'stint session edit payments --unset mfa-serial',
    'stint session edit payments --access-keys',
  );
}

async function edit(
  context: Context,
  name: string | undefined,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { owner, shell } = context;
  const flags = flagsOfAllTypes();
  const patch = fieldsGiven(flags, given);
  for (const field of (given['unset'] as readonly string[] | undefined) ?? []) {
    setField(patch, fieldPath(flags, field), null);
  }
  const newKeys = given['accessKeys'] === true;
  if (Object.keys(patch).length === 0 && !newKeys) {
    throw new CommandFailure(
      'usage',
      'Give at least one change.',
      'See: stint session edit --help',
    );
  }
  const { sessionId } = await namedSession(context, name);
  const body = await withSourceIds(context, patch);
  if (newKeys) body['secrets'] = await accessKeys(shell);
  const edited = await owner
    .request('PATCH', '/v1/sessions/{id}', { path: { id: sessionId }, body })
    .catch(rethrowAsTyped(typedNamesOf(flags)));
  if (given['json'] === true) printJson(shell, edited);
  const later = edited.status === 'inactive' ? '' : ' The changes take effect at the next start.';
  say(shell, `Changed ${printable(edited.sessionName)}.${later}`);
}
