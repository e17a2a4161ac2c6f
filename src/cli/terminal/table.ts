import { printable } from './printable.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Colours the padded text. */
  readonly paint?: (text: string, row: Row) => string;
}

/** Rows under titles, aligned by columns; no lines at all without rows. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => columns.map(({ value }) => printable(value(row))));
  const widths = columns.map(({ title }, index) =>
    Math.max(width(title), ...cells.map((line) => width(line[index] ?? ''))),
  );
  const pad = (text: string, index: number) =>
    index === columns.length - 1 ? text : text + ' '.repeat((widths[index] ?? 0) - width(text));
  const titles = columns.map(({ title }, index) => pad(title.toUpperCase(), index));
  const lines = rows.map((row, line) =>
    columns.map(({ paint }, index) => {
      const text = pad(cells[line]?.[index] ?? '', index);
      return paint === undefined ? text : paint(text, row);
    }),
  );
  return [titles, ...lines].map((line) => line.join('  ').trimEnd());
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
  return Array.from(text).length;
}
