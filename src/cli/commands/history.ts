import type { Command } from 'commander';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exportFormatSchema, exportText } from '../../models/history-export.ts';
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

interface FilterFlags {
  readonly session?: string;
  readonly kind?: string;
  readonly actor?: string;
  readonly detail?: string;
  readonly from?: string;
  readonly to?: string;
}

interface HistoryFlags extends FilterFlags {
  readonly limit: string;
  readonly all?: boolean;
  readonly cursor?: string;
  readonly json?: boolean;
}

interface ExportFlags extends FilterFlags {
  readonly format: string;
  readonly file?: string;
}

/** The most entries that the API puts on a page. */
const largestPage = 500;

export function addHistoryCommand(program: Command, context: Context): void {
  const command = withFilter(
    program
      .command('history')
      .enablePositionalOptions()
      .description('show what happened, newest first'),
  )
    .option('--limit <COUNT>', 'most entries', '50')
    .option('--cursor <CURSOR>', 'continue where an earlier `--json` list ended')
    .option('--all', 'also each token that a client or a window was given')
    .option(...jsonOption)
    .action((flags: HistoryFlags) => history(context, flags));
  addExamples(
    command,
    'stint history --session payments --from 2d',
    'stint history --kind session-started --limit 10 --json',
  );
  const verifying = command
    .command('verify')
    .description('verify that no entry was changed, removed, inserted or moved')
    .option(...jsonOption)
    .action((flags: Pick<HistoryFlags, 'json'>) => verify(context, flags));
  addExamples(verifying, 'stint history verify');
  const exporting = withFilter(
    command.command('export').description('export every entry as JSON or CSV, newest first'),
  )
    .option('--format <FORMAT>', 'json, or csv as in RFC 4180', 'json')
    .option('--file <FILE>', 'write to this new file')
    .action((flags: ExportFlags) => exportHistory(context, flags));
  addExamples(exporting, 'stint history export --format csv --file history.csv --from 30d');
}

function withFilter(command: Command): Command {
  return command
    .option('--session <NAME>', 'only one session: its name, or its id if it was removed')
    .option('--kind <KIND>', 'only one kind, such as session-started')
    .option('--actor <NAME>', 'only what this one asked: owner, window, stint, or a client token')
    .option(
      '--detail <TEXT>',
      'only entries that ended for this reason, or whose message has this text',
    )
    .option(
      '--from <TIME>',
      'from this time on: 2026-11-20, 2026-11-20T09:30:00Z or, before now, 8h or 7d',
    )
    .option('--to <TIME>', 'until this time');
}

async function verify({ owner, shell }: Context, { json }: Pick<HistoryFlags, 'json'>) {
  const result = await owner.request('GET', '/v1/history/verify');
  if (json === true) printJson(shell, result);
  if (!result.ok) throw new CommandFailure('failed', result.message, result.next);
  if (json === true) return;
  print(shell, result.message);
  if (result.next !== undefined) say(shell, result.next);
}

/** What the person typed for each part of the query; see `rethrowAsTyped`. */
const typedNames = {
  kind: '--kind',
  actor: '--actor',
  detail: '--detail',
  from: '--from',
  to: '--to',
  session: '--session',
  cursor: '--cursor',
};

async function history(context: Context, flags: HistoryFlags): Promise<void> {
  const { shell } = context;
  const { kind, limit, json } = flags;
  if (!/^[1-9]\d*$/.test(limit))
    throw new CommandFailure('usage', '--limit must be a whole number of at least 1.');
  const query = {
    ...(await queryOf(context, flags)),
    // Each window that opens gets some, and nobody looks for them.
    ...(flags.all === true || kind !== undefined ? {} : { except: 'token-issued' as const }),
  };
  const page = await read(context, query, { count: Number(limit), from: flags.cursor }).catch(
    rethrowAsTyped(typedNames),
  );
  if (json === true) {
    printJson(shell, page.items);
    if (page.nextCursor !== undefined) {
      say(shell, `There are more. To continue, add: --cursor ${page.nextCursor}`);
    }
    return;
  }
  const lines = formatTable(page.items, [
    { title: 'at', value: ({ at }) => instantText(at) },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'session', value: ({ sessionName, sessionId }) => sessionName ?? sessionId ?? '' },
    { title: 'by', value: ({ by }) => by },
    { title: 'details', value: ({ reason, message = '' }) => detailsText(reason, message) },
  ]);
  for (const line of lines) print(shell, line);
  if (lines.length === 0) say(shell, 'The history has no such entry.');
}

/** The message often says the reason already. */
function detailsText(reason: string | undefined, message: string): string {
  if (reason === undefined || message.toLowerCase().includes(reason)) return message;
  return message === '' ? reason : `${reason}: ${message}`;
}

async function queryOf(context: Context, flags: FilterFlags): Promise<HistoryQuery> {
  const { session, kind, actor, detail, from, to } = flags;
  return {
    ...(session === undefined ? {} : { session: await idOf(context, session) }),
    ...(kind === undefined ? {} : { kind }),
    ...(actor === undefined ? {} : { actor }),
    ...(detail === undefined ? {} : { detail }),
    ...(from === undefined ? {} : { from: parseInstant(from, 'back') }),
    ...(to === undefined ? {} : { to: parseInstant(to, 'back') }),
  } as HistoryQuery;
}

async function exportHistory(context: Context, flags: ExportFlags): Promise<void> {
  const { shell } = context;
  const { data: format } = exportFormatSchema.safeParse(flags.format);
  if (format === undefined) throw new CommandFailure('usage', '--format must be json or csv.');
  const pages = pagesOf(context, await queryOf(context, flags));
  const first = await pages.next().catch(rethrowAsTyped(typedNames));
  const pieces = exportText(format, startingWith(first, pages));
  if (flags.file === undefined) {
    for await (const piece of pieces) await written(shell.stdout, piece);
    return;
  }
  const path = resolve(flags.file);
  await writeFile(path, pieces, { flag: 'wx', mode: 0o600 }).catch(async (error: unknown) => {
    const isThere = isFileError(error) && error.code === 'EEXIST';
    // Half an export looks like a whole one.
    if (!isThere) await rm(path, { force: true }).catch(() => undefined);
    if (!isFileError(error)) throw error;
    throw new CommandFailure(
      'failed',
      `Stint cannot write ${path}: ${error.message}`,
      isThere ? 'Choose another file, or remove this one.' : undefined,
    );
  });
  say(shell, `Wrote the history to ${path}.`);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Waits for a reader that is slower than Stint. */
async function written(stdout: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stdout.write(text)) await once(stdout, 'drain');
}

type Entries = readonly HistoryEntryView[];

async function* startingWith(
  first: IteratorResult<Entries, unknown>,
  rest: AsyncIterable<Entries>,
): AsyncGenerator<Entries> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

async function* pagesOf({ owner }: Context, query: HistoryQuery): AsyncGenerator<Entries> {
  let cursor: string | undefined;
  do {
    const page = await owner.request('GET', '/v1/history', {
      query: { ...query, limit: largestPage, ...(cursor === undefined ? {} : { cursor }) },
    });
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** Reads as many pages as `count` entries take, from a cursor on. */
async function read(
  { owner }: Context,
  query: HistoryQuery,
  { count, from }: { readonly count: number; readonly from: string | undefined },
) {
  const items: HistoryEntryView[] = [];
  let cursor = from;
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
