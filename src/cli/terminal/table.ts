import { printable } from '../../models/printable.ts';
import type { Printer } from './shell.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Colours the padded text. */
  readonly paint?: (text: string, row: Row) => string;
  /**
   * How early the column gives way where the terminal is too narrow, the highest number first: it is
   * cut, then goes. One without a number stays whole, one with 0 is cut but stays.
   */
  readonly yields?: number;
  /** Shown only if `--columns` names it. */
  readonly onRequest?: boolean;
}

export interface TableOptions {
  /** Characters of a line; no limit if omitted. */
  readonly width?: number | undefined;
}

/** A column that gives way is cut down to this before it goes. */
const narrowest = 8;
const gap = 2;

/** Characters of a line of the terminal that data goes to; undefined where it goes to a file or pipe. */
export function terminalWidth({ stdout, env }: Printer): number | undefined {
  if (stdout.isTTY !== true) return undefined;
  const columns = (stdout as { columns?: number }).columns ?? Number(env['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}

/**
 * Rows under titles, aligned by columns, within the width where their columns can give way; no lines
 * at all without rows.
 */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width: limit }: TableOptions = {},
): string[] {
  if (rows.length === 0) return [];
  const filled = columns.map((column) => filledColumn(rows, column));
  const shown = limit === undefined ? filled : fitted(filled, limit);
  const titles = shown.map((one) => padded(one.column.title.toUpperCase(), one.width));
  const lines = rows.map((row, line) => {
    const texts = shown.map(({ column: { paint }, cells, isPlain, width: wide }) => {
      const text = cells[line] ?? '';
      const cell = isPlain && text.length <= wide ? text.padEnd(wide) : padded(text, wide);
      return paint === undefined ? cell : paint(cell, row);
    });
    return texts.join(between).trimEnd();
  });
  return [titles.join(between).trimEnd(), ...lines];
}

const between = ' '.repeat(gap);

function filledColumn<Row>(rows: readonly Row[], column: Column<Row>) {
  const texts = rows.map((row) => column.value(row));
  // Asked once: to ask each of 45,000 cells takes longer than to make them.
  const isPlain = isAscii.test(texts.join(''));
  const cells = isPlain ? texts : texts.map((text) => printable(text));
  const widthOf = isPlain ? (cell: string) => cell.length : width;
  const widest = cells.reduce((most, cell) => Math.max(most, widthOf(cell)), width(column.title));
  return { column, cells, isPlain, width: widest };
}

interface Filled {
  readonly column: { readonly yields?: number };
  readonly cells: readonly string[];
  readonly width: number;
}

/**
 * What gives way first is cut, then goes, until the rest fits; never what tells two rows apart, even
 * if the lines are too long then.
 */
function fitted<One extends Filled>(filled: readonly One[], limit: number): readonly One[] {
  let shown = filled;
  const over = () => shown.reduce((sum, one) => sum + one.width + gap, -gap) - limit;
  const different = distinctRows(filled);
  /** Takes the columns over unless two rows become the same. */
  const accept = (columns: readonly One[]) => {
    const isAccepted = distinctRows(columns) === different;
    if (isAccepted) shown = columns;
    return isAccepted;
  };
  const yielding = filled
    .filter(({ column }) => column.yields !== undefined)
    .sort((a, b) => (b.column.yields ?? 0) - (a.column.yields ?? 0));
  for (const one of yielding) {
    if (over() <= 0) break;
    const cutTo = (width: number) =>
      accept(shown.map((other) => (other === one ? { ...one, width } : other)));
    const wanted = one.width - over();
    if (wanted >= narrowest && cutTo(wanted)) break;
    if (one.column.yields !== 0 && accept(shown.filter((other) => other !== one))) continue;
    let width = Math.max(narrowest, wanted);
    while (width < one.width && !cutTo(width)) width += 4;
  }
  return shown;
}

function distinctRows(columns: readonly Filled[]): number {
  const [first] = columns;
  return new Set(
    first?.cells.map((_cell, row) =>
      columns.map(({ cells, width: wide }) => shortened(cells[row] ?? '', wide)).join('\t'),
    ),
  ).size;
}

/** In so many characters, with blanks after it where it is shorter. */
function padded(text: string, wide: number): string {
  const cut = shortened(text, wide);
  return cut.padEnd(wide + cut.length - width(cut));
}

/** Cut in the middle: long names often differ at an end. */
function shortened(text: string, wide: number): string {
  if (text.length <= wide) return text;
  const characters = Array.from(text);
  if (characters.length <= wide) return text;
  const end = Math.floor((wide - 1) / 2);
  return [
    ...characters.slice(0, wide - 1 - end),
    '…',
    ...characters.slice(characters.length - end),
  ].join('');
}

/** Names and values, one a line. */
export function formatFields(fields: readonly (readonly [string, string])[]): string[] {
  const widest = Math.max(0, ...fields.map(([name]) => width(name)));
  return fields.map(([name, value]) =>
    `${name}${' '.repeat(widest - width(name))}  ${printable(value)}`.trimEnd(),
  );
}

/** In characters; wide scripts are a little out of line. */
function width(text: string): number {
  return isAscii.test(text) ? text.length : Array.from(text).length;
}

/** Each of its characters is one UTF-16 unit, as of nearly every cell. */
const isAscii = /^[\x20-\x7e]*$/;
