import type { Command } from 'commander';
import {
  addFlags,
  collect,
  fieldPath,
  fieldsGiven,
  setField,
  typedNamesOf,
} from '../../arguments/field-flags.ts';
import { addExamples, jsonOption, sessionsArgument } from '../../arguments/help.ts';
import { rethrowAsTyped } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { accessKeys } from '../../sessions/access-keys.ts';
import { eachSession } from '../../sessions/each-session.ts';
import { namedSessions } from '../../sessions/find-session.ts';
import { flagsOfAllTypes } from '../../sessions/session-flags.ts';
import { withSourceIds } from '../../sessions/source-ids.ts';
import { printable } from '../../../models/printable.ts';
import { sameName } from '../../../models/spelling.ts';
import { allSessions } from '../../../client/all-sessions.ts';
import type { SessionView } from '../../owner/owner-client.ts';
import { say } from '../../terminal/shell.ts';

export function addSessionEdit(session: Command, context: Context): void {
  const command = session
    .command('edit')
    .description('change sessions; a run keeps the values it started with')
    .argument(...sessionsArgument);
  addFlags(command, flagsOfAllTypes());
  command
    .option('--unset <FIELD>', 'remove a field, such as mfa-serial (repeatable)', collect)
    .option('--add-label <LABEL>', 'add a label to those it has (repeatable)', collect)
    .option('--remove-label <LABEL>', 'remove one of its labels (repeatable)', collect)
    .option('-q, --query <TEXT>', 'edit all sessions that `session list --query` lists')
    .option('--access-keys', 'replace the keys of the IAM user; Stint asks for them')
    .option(...jsonOption)
    .action((names: readonly string[], given: Readonly<Record<string, unknown>>) =>
      edit(context, names, given),
    );
  addExamples(
    command,
    'stint session edit payments --region eu-west-1 --label web --label team-a',
    'stint session edit payments reporting --add-label finance --remove-label web',
    'stint session edit --query prod --environment production',
    'stint session edit payments --unset mfa-serial',
    'stint session edit payments --access-keys',
  );
}

async function edit(
  context: Context,
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { owner, shell } = context;
  const flags = flagsOfAllTypes();
  const patch = fieldsGiven(flags, given);
  for (const field of textsOf(given, 'unset')) setField(patch, fieldPath(flags, field), null);
  const labels = { added: textsOf(given, 'addLabel'), removed: textsOf(given, 'removeLabel') };
  const changesLabels = labels.added.length + labels.removed.length > 0;
  const newKeys = given['accessKeys'] === true;
  if (Object.keys(patch).length === 0 && !newKeys && !changesLabels) {
    throw new CommandFailure(
      'usage',
      'Give at least one change.',
      'See: stint session edit --help',
    );
  }
  if ('labels' in patch && changesLabels) {
    throw new CommandFailure(
      'usage',
      '--label replaces all labels: give it, or --add-label and --remove-label.',
    );
  }
  const sessions = await toEdit(context, names, given['query'] as string | undefined);
  const single = ['sessionName' in patch ? '--name' : '', newKeys ? '--access-keys' : ''];
  const [flag] = single.filter((one) => one !== '');
  if (sessions.length > 1 && flag !== undefined) {
    throw new CommandFailure('usage', `${flag} changes one session, not ${sessions.length}.`);
  }
  const body = await withSourceIds(context, patch);
  if (newKeys) body['secrets'] = await accessKeys(shell);
  const typed = { ...typedNamesOf(flags), ...(changesLabels ? { labels: '--add-label' } : {}) };
  await eachSession(context, sessions, {
    json: given['json'] === true,
    request: ({ sessionId, labels: before }) =>
      owner
        .request('PATCH', '/v1/sessions/{id}', {
          path: { id: sessionId },
          body: changesLabels ? { ...body, labels: relabelled(before, labels) } : body,
        })
        .catch(rethrowAsTyped(typed)),
    handle: (edited) => {
      const later =
        edited.status === 'inactive' ? '' : ' The changes take effect at the next start.';
      say(shell, `Changed ${printable(edited.sessionName)}.${later}`);
      return Promise.resolve(edited);
    },
  });
}

/** The sessions with these names, or those that a search finds. Throws CommandFailure. */
async function toEdit(
  context: Context,
  names: readonly string[],
  query: string | undefined,
): Promise<readonly SessionView[]> {
  if (query === undefined) return await namedSessions(context, names);
  if (names.length > 0) {
    throw new CommandFailure('usage', 'Give session names or --query, not both.');
  }
  const { items } = await allSessions(context.owner, { q: query }).catch(
    rethrowAsTyped({ q: '--query' }),
  );
  if (items.length === 0) throw new CommandFailure('notFound', `No session matches "${query}".`);
  return items;
}

function relabelled(
  before: readonly string[],
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): readonly string[] {
  const kept = before.filter((one) => !removed.some((label) => sameName(one, label)));
  return [...kept, ...added.filter((label) => !kept.some((one) => sameName(one, label)))];
}

/** The values of a flag that may repeat. */
function textsOf(given: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  return (given[name] as readonly string[] | undefined) ?? [];
}
