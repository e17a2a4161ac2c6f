import type { Command } from 'commander';
import { allSessions } from '../../../client/all-sessions.ts';
import { collect } from '../../arguments/field-flags.ts';
import { addExamples, jsonOption } from '../../arguments/help.ts';
import { rethrowAsTyped } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import type { SessionQuery } from '../../owner/owner-client.ts';
import { brokenLines, sessionTable } from '../../sessions/session-text.ts';
import { print, printJson, say } from '../../terminal/shell.ts';

interface ListFlags {
  readonly active?: boolean;
  readonly archived?: boolean;
  readonly type?: string;
  readonly label?: readonly string[];
  readonly query?: string;
  readonly sort?: string;
  readonly json?: boolean;
}

export function addSessionList(session: Command, context: Context): void {
  const command = session
    .command('list')
    .description('list sessions: running ones first, then the most recent')
    .option('--active', 'only active sessions')
    .option('--archived', 'archived sessions too')
    .option('--type <TYPE>', 'only one session type, such as awsIamUser')
    .option('--label <LABEL>', 'only sessions with this label (repeatable)', collect)
    .option('-q, --query <TEXT>', 'only sessions with this in name, account, role, region or label')
    .option(
      '--sort <FIELD>',
      'startDateTime, sessionName, status, type or region; -FIELD to reverse',
    )
    .option(...jsonOption)
    .action((flags: ListFlags) => list(context, flags));
  addExamples(
    command,
    'stint session list --active',
    'stint session list -q payments --sort sessionName',
  );
}

const typedNames = {
  active: '--active',
  archived: '--archived',
  type: '--type',
  label: '--label',
  q: '--query',
  sort: '--sort',
};

async function list({ owner, shell }: Context, flags: ListFlags): Promise<void> {
  const sessions = await allSessions(owner, queryOf(flags)).catch(rethrowAsTyped(typedNames));
  if (flags.json === true) {
    printJson(shell, sessions);
    return;
  }
  for (const line of sessionTable(shell, sessions.items)) print(shell, line);
  for (const line of brokenLines(sessions.broken ?? [])) print(shell, line);
  if (sessions.items.length > 0 || sessions.broken !== undefined) return;
  const isFiltered = Object.keys(queryOf(flags)).some((name) => name !== 'sort');
  say(
    shell,
    isFiltered
      ? 'No session matches.'
      : 'There are no sessions yet. Add one: stint session add --help',
  );
}

/** The API decides which values are valid. */
function queryOf({ active, archived, type, label, query: q, sort }: ListFlags): SessionQuery {
  const given = { active, archived, type, label, q, sort };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === true ? 'true' : value]],
    ),
  );
}
