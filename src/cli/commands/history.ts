import type { Command } from 'commander';
import { addExamples, jsonOption } from '../arguments/help.ts';
import { parseInstant } from '../arguments/instant.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { HistoryEntryView, HistoryQuery } from '../owner/owner-client.ts';
import { findSession } from '../sessions/find-session.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import { formatTable } from '../terminal/table.ts';
import { instantText } from '../terminal/instant-text.ts';

interface HistoryFlags {
  readonly session?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** The most entries that the API puts on a page. */
const largestPage = 500;

export function addHistoryCommand(program: Command, context: Context): void {
  const command = program
    .command('history')
    .description('show what happened, newest first')
    .option('--session <NAME>', 'only one session: its name, or its id if it was removed')
    .option('--kind <KIND>', 'only one kind, such as session-started')
    .option(
      '--from <TIME>',
      'from this time on: 2026-11-20, 2026-11-20T09:30:00Z or, before now, 8h or 7d',
    )
    .option('--to <TIME>', 'until this time')
    .option('--limit <COUNT>', 'most entries', '50')
    .option(...jsonOption)
    .action((flags: HistoryFlags) => history(context, flags));
  addExamples(
    command,
    'stint history --session payments --from 2d',
    'stint history --kind session-started --limit 10 --json',
  );
}

/** What the person typed for each part of the query; see `rethrowAsTyped`. */
const typedNames = { kind: '--kind', from: '--from', to: '--to', session: '--session' };

async function history(context: Context, flags: HistoryFlags): Promise<void> {
  const { shell } = context;
  const { kind, from, to, limit, json } = flags;
  if (!/^[1-9]\d*$/.test(limit))
    throw new CommandFailure('usage', '--limit must be a whole number of at least 1.');
  const query = {
    ...(flags.session === undefined ? {} : { session: await idOf(context, flags.session) }),
    ...(kind === undefined ? {} : { kind }),
    ...(from === undefined ? {} : { from: parseInstant(from, 'back') }),
    ...(to === undefined ? {} : { to: parseInstant(to, 'back') }),
  } as HistoryQuery;
  const page = await read(context, query, Number(limit)).catch(rethrowAsTyped(typedNames));
  if (json === true) {
    printJson(shell, page);
    return;
  }
  const lines = formatTable(page.items, [
    { title: 'at', value: ({ at }) => instantText(at) },
    { title: 'what', value: ({ kind, reason }) => (reason ? `${kind} (${reason})` : kind) },
    { title: 'session', value: ({ sessionName, sessionId }) => sessionName ?? sessionId ?? '' },
    { title: 'by', value: ({ by }) => by },
    { title: 'message', value: ({ message }) => message ?? '' },
  ]);
  for (const line of lines) print(shell, line);
  if (lines.length === 0) say(shell, 'The history has no such entry.');
}

/** Reads as many pages as `count` entries take. */
async function read({ owner }: Context, query: HistoryQuery, count: number) {
  const items: HistoryEntryView[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(largestPage, count - items.length);
    const page = await owner.request('GET', '/v1/history', {
      query: { ...query, limit, ...(cursor === undefined ? {} : { cursor }) },
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < count);
  return { items, ...(cursor === undefined ? {} : { nextCursor: cursor }) };
}

/** Only the history still knows a removed session, by its id. */
async function idOf(context: Context, name: string): Promise<string> {
  try {
    return (await findSession(context, name)).sessionId;
  } catch (error) {
    const isId = /^[\da-f-]{36}$/i.test(name);
    if (isId && error instanceof CommandFailure && error.exitCode === 3) return name;
    throw error;
  }
}
