import type { Command } from 'commander';
import { collect } from '../../arguments/field-flags.ts';
import { addExamples } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { listSessions, type ListFlags } from '../../sessions/list-sessions.ts';
import { sessionColumns } from '../../sessions/session-text.ts';
import { addListOutput } from '../../terminal/list-output.ts';

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
    listSessions(context.owner, context.shell, flags),
  );
  addExamples(
    command,
    'stint session list --active',
    'stint session list -q payments --sort sessionName',
    'stint session list --columns name,account,id --csv',
  );
}
