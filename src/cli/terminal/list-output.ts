import type { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { printJson, printPainted, type Printer } from './shell.ts';
import { formatTable, terminalWidth, type Column } from './table.ts';

/** How a list is printed: as a table, as CSV or as JSON. */
export interface ListOutput {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly columns?: string;
  readonly limit?: string;
}

/** Adds the flags that every list has. */
export function addListOutput(command: Command, columns: readonly Column<never>[]): Command {
  return command
    .option('--columns <NAMES>', `which columns, in this order: ${namesOf(columns).join(',')}`)
    .option('--limit <COUNT>', 'at most this many')
    .option('--csv', 'print comma-separated values (RFC 4180), in full')
    .option('--json', 'print an array, each entry as the API has it');
}

/**
 * Prints the rows and returns how many that were. Throws CommandFailure 'usage' for a column or count
 * that does not exist.
 */
export function printList<Row>(
  shell: Printer,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { json, csv, columns: names, limit }: ListOutput,
): number {
  if (csv === true && json === true) {
    throw new CommandFailure('usage', 'Give --csv or --json, not both.');
  }
  const chosen = names === undefined ? undefined : named(columns, names);
  const shown = rows.slice(0, limit === undefined ? undefined : countOf(limit));
  if (json === true) {
    printJson(shell, shown);
  } else if (csv === true) {
    shell.stdout.write(csvOf(shown, chosen ?? columns));
  } else {
    const width = terminalWidth(shell);
    const table = formatTable(shown, chosen ?? usualColumns(shown, columns), { width });
    // At once: a write for each line of thousands takes longer than all the rest.
    if (table.length > 0) printPainted(shell, table.join('\n'));
  }
  return shown.length;
}

/** Those that are not for requests only; with the id where two rows would look the same. */
function usualColumns<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): readonly Column<Row>[] {
  const usual = columns.filter(({ onRequest }) => onRequest !== true);
  return areDistinct(rows, usual)
    ? usual
    : columns.filter((one) => usual.includes(one) || one.title === 'id');
}

/** Whether no two rows look the same. Names mostly differ already, which needs no whole rows. */
function areDistinct<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): boolean {
  const differ = (text: (row: Row) => string) => new Set(rows.map(text)).size === rows.length;
  return (
    columns.some(({ value }) => differ(value)) ||
    differ((row) => columns.map(({ value }) => value(row)).join('\t'))
  );
}

function named<Row>(columns: readonly Column<Row>[], names: string): readonly Column<Row>[] {
  return names.split(',').map((name) => {
    const wanted = name.trim().toLowerCase();
    const column = columns.find((one) => nameOf(one) === wanted);
    if (column !== undefined) return column;
    throw new CommandFailure(
      'usage',
      `--columns: there is no column "${name.trim()}".`,
      `Columns: ${namesOf(columns).join(', ')}`,
    );
  });
}

function namesOf(columns: readonly Pick<Column<never>, 'title'>[]): readonly string[] {
  return columns.map(nameOf);
}

/** As `--columns` takes it. */
function nameOf({ title }: { readonly title: string }): string {
  return title.replaceAll(' ', '-');
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandFailure('usage', '--limit must be a whole number of at least 1.');
}

/** RFC 4180: lines end with CRLF; a field with a comma, a quote or a line break is in quotes. */
function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [columns.map(nameOf), ...rows.map((row) => columns.map((one) => one.value(row)))];
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
