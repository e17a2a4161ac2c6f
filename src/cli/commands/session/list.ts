import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import type { SessionQuery } from '../../owner/owner-client.ts';
import { collect } from '../../sessions/session-flags.ts';
import { allSessions } from '../../../client/all-sessions.ts';
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
  session
    .command('list')
    .description('list sessions: running ones first, then the most recent')
    .option('--active', 'only those that are active')
    .option('--archived', 'archived ones too')
    .option('--type <TYPE>', 'only those of one type, such as awsIamUser')
    .option('--label <LABEL>', 'only those with the label; may be repeated', collect)
    .option('-q, --query <TEXT>', 'part of a name, account, role, region or label')
    .option(
      '--sort <FIELD>',
      'startDateTime, sessionName, status, type or region; -FIELD for the other way round',
    )
    .option('--json', 'print what the API answers')
    .action((flags: ListFlags) => list(context, flags));
}

async function list({ owner, shell }: Context, flags: ListFlags): Promise<void> {
  const sessions = await allSessions(owner, queryOf(flags));
  if (flags.json === true) {
    printJson(shell, sessions);
    return;
  }
  for (const line of sessionTable(shell, sessions.items)) print(shell, line);
  for (const line of brokenLines(sessions.broken ?? [])) print(shell, line);
  if (sessions.items.length > 0 || sessions.broken !== undefined) return;
  const filtered = Object.keys(queryOf(flags)).some((name) => name !== 'sort');
  say(
    shell,
    filtered ? 'No session fits.' : 'There are no sessions yet. Add one: stint session add --help',
  );
}

/** What the values may be is for the API to say. */
function queryOf({ active, archived, type, label, query: q, sort }: ListFlags): SessionQuery {
  const given = { active, archived, type, label, q, sort };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === true ? 'true' : value]],
    ),
  );
}
