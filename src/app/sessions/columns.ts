/** A column of the list of sessions. Widths are in pixels. */
export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** Unless the person has resized it. */
  readonly width: number;
  /** Shown unless the person has hidden it. */
  readonly isUsual: boolean;
  /** Hidden in a narrow list before columns with a higher one. */
  readonly importance: number;
  /** Sorts the largest first at the first click: times, and what is most urgent. */
  readonly isDescending?: true;
}

export type ColumnId =
  | 'session'
  | 'role'
  | 'account'
  | 'type'
  | 'profile'
  | 'region'
  | 'environment'
  | 'labels'
  | 'source'
  | 'started'
  | 'left';

/** The first one takes the room that is left; it is always shown. */
export const columns: readonly Column[] = [
  { id: 'session', title: 'Session', width: 200, isUsual: true, importance: 99 },
  { id: 'role', title: 'Role', width: 140, isUsual: true, importance: 7 },
  { id: 'account', title: 'Account ID', width: 120, isUsual: false, importance: 3 },
  { id: 'type', title: 'Type', width: 110, isUsual: false, importance: 1 },
  { id: 'profile', title: 'Profile', width: 190, isUsual: true, importance: 5 },
  { id: 'region', title: 'Region', width: 108, isUsual: true, importance: 6 },
  { id: 'environment', title: 'Environment', width: 100, isUsual: false, importance: 4 },
  { id: 'labels', title: 'Labels', width: 130, isUsual: false, importance: 2 },
  { id: 'source', title: 'Signs in by', width: 120, isUsual: false, importance: 2 },
  { id: 'started', title: 'Started', width: 84, isUsual: true, importance: 8, isDescending: true },
  { id: 'left', title: 'Time left', width: 76, isUsual: true, importance: 9, isDescending: true },
];

/** What the person chose about the columns. */
export interface ColumnChoices {
  /** The columns in their order, without the first; undefined for the usual ones. */
  readonly chosen: readonly ColumnId[] | undefined;
  /** Of those that were resized, in pixels. */
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
}

export const usualChoices: ColumnChoices = { chosen: undefined, widths: {} };

export const narrowestColumn = 56;
export const widestColumn = 600;
/** The least width of the first column. */
const narrowestFirst = 240;
/** The strip of the environment, the check box and the ring, with the gaps between columns. */
const fixedWidth = 76;
export const columnGap = 9;

/** The columns that are shown where there is room, in their order, without the first. */
export function chosenColumns({ chosen }: ColumnChoices): readonly ColumnId[] {
  return chosen ?? idsOf(columns.filter(({ isUsual }) => isUsual));
}

/** With one more, after those that are usually before it. */
export function withColumn(chosen: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  const usual = idsOf(columns);
  const before = chosen.findLastIndex((one) => usual.indexOf(one) < usual.indexOf(id));
  return chosen.toSpliced(before + 1, 0, id);
}

/** With one in the place of another, which makes room. */
export function movedOver(
  chosen: readonly ColumnId[],
  id: ColumnId,
  over: ColumnId,
): readonly ColumnId[] {
  const to = chosen.indexOf(over);
  return to < 0 || !chosen.includes(id)
    ? chosen
    : chosen.filter((one) => one !== id).toSpliced(to, 0, id);
}

/** Columns by their names, each once; other names are ignored. */
export function readColumns(names: readonly unknown[]): readonly ColumnId[] {
  const known = new Set<unknown>(idsOf(columns));
  return [...new Set(names)].filter((name): name is ColumnId => known.has(name));
}

function idsOf(some: readonly Column[]): readonly ColumnId[] {
  return some.map(({ id }) => id).filter((id) => id !== 'session');
}

export function widthOf({ id, width }: Column, { widths }: ColumnChoices): number {
  return widths[id] ?? width;
}

/** The chosen columns for which a list of `available` pixels has room. */
export function shownColumns(
  choices: ColumnChoices,
  available: number,
  without: readonly ColumnId[] = [],
): readonly Column[] {
  const wanted = ['session', ...chosenColumns(choices)].flatMap((id) =>
    columns.filter((one) => one.id === id && !without.includes(one.id)),
  );
  let room = available - fixedWidth - narrowestFirst;
  const fitting = new Set<ColumnId>();
  for (const column of wanted.toSorted((a, b) => b.importance - a.importance)) {
    if (column.id !== 'session') room -= widthOf(column, choices) + columnGap;
    if (room < 0) break;
    fitting.add(column.id);
  }
  fitting.add('session');
  return wanted.filter(({ id }) => fitting.has(id));
}

/** As CSS `grid-template-columns`, after the strip, the check box and the ring. */
export function columnTemplate(shown: readonly Column[], choices: ColumnChoices): string {
  const widths = shown.map((column) =>
    column.id === 'session' ? 'minmax(0, 1fr)' : `${widthOf(column, choices)}px`,
  );
  return ['5px', '24px', '24px', ...widths].join(' ');
}

/** From what was kept; what it does not understand is ignored. */
export function parseColumnChoices(stored: unknown): ColumnChoices {
  if (typeof stored !== 'object' || stored === null) return usualChoices;
  const { chosen, widths } = stored as { readonly chosen?: unknown; readonly widths?: unknown };
  const entries = Object.entries(typeof widths === 'object' && widths !== null ? widths : {});
  return {
    chosen: Array.isArray(chosen) ? readColumns(chosen) : undefined,
    widths: Object.fromEntries(
      entries.flatMap(([name, width]: [string, unknown]) =>
        readColumns([name]).flatMap((id) =>
          typeof width === 'number' ? [[id, limited(width)]] : [],
        ),
      ),
    ),
  };
}

/** A width a column can have. */
export function limited(width: number): number {
  return Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)));
}
