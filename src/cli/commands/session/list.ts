import type { Command } from 'commander';
import { allSessions } from '../../../client/all-sessions.ts';
import { collect } from '../../arguments/field-flags.ts';
import { addExamples } from '../../arguments/help.ts';
import { rethrowAsTyped } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import type { SessionQuery } from '../../owner/owner-client.ts';
import { renewalLines } from '../../sessions/renewal-text.ts';
import { brokenLines, sessionColumns } from '../../sessions/session-text.ts';
import { addListOutput, printList, type ListOutput } from '../../terminal/list-output.ts';
import { say } from '../../terminal/shell.ts';

interface ListFlags extends ListOutput {
  readonly active?: boolean;
  readonly archived?: boolean;
  readonly hidden?: boolean;
  readonly type?: string;
  readonly label?: readonly string[];
  readonly query?: string;
  readonly sort?: string;
}

export function addSessionList(session: Command, context: Context): void {
  const command = session
    .command('list')
    .description('list sessions: running ones first, then the most recent')
    .option('--active', 'only active sessions')
    .option('--archived', 'archived sessions too')
    .option('--hidden', 'hidden sessions too')
    .option('--type <TYPE>', 'only one session type, such as awsIamUser')
    .option('--label <LABEL>', 'only sessions with this label (repeatable)', collect)
    .option('-q, --query <TEXT>', 'only sessions with this in name, account, role, region or label')
    .option(
      '--sort <FIELD>',
      'startDateTime, sessionName, status, type, region or starts; -FIELD to reverse',
    );
  addListOutput(command, sessionColumns(context.shell, new Map())).action((flags: ListFlags) =>
    list(context, flags),
  );
  addExamples(
    command,
    'stint session list --active',
    'stint session list -q payments --sort sessionName',
    'stint session list --columns name,account,id --csv',
  );
}

const typedNames = {
  active: '--active',
  archived: '--archived',
  hidden: '--hidden',
  type: '--type',
  label: '--label',
  q: '--query',
  sort: '--sort',
};

async function list({ owner, shell }: Context, flags: ListFlags): Promise<void> {
  const sessions = await allSessions(owner, queryOf(flags)).catch(rethrowAsTyped(typedNames));
  const isSynced = sessions.items.some((one) => 'integrationId' in one);
  const { items: integrations } = isSynced
    ? await owner.request('GET', '/v1/integrations')
    : { items: [] };
  const names = new Map(integrations.map((one) => [one.integrationId, one.name]));
  const count = printList(shell, sessions.items, sessionColumns(shell, names), flags);
  for (const line of brokenLines(sessions.broken ?? [])) say(shell, line);
  for (const line of renewalLines(sessions.items)) say(shell, line);
  if (count > 0 || sessions.broken !== undefined || flags.json === true) return;
  const isFiltered = Object.keys(queryOf(flags)).some((name) => name !== 'sort');
  say(
    shell,
    isFiltered
      ? 'No session matches.'
      : 'There are no sessions yet. Add one: stint session add --help',
  );
}

/** The API decides which values are valid. */
function queryOf({
  active,
  archived,
  hidden,
  type,
  label,
  query: q,
  sort,
}: ListFlags): SessionQuery {
  const given = { active, archived, hidden, type, label, q, sort };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === true ? 'true' : value]],
    ),
  );
}
