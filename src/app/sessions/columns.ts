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

/** What the person changed about the columns: widths, and whether they are shown. */
export type ColumnChoices = Readonly<
  Partial<Record<ColumnId, { readonly width?: number; readonly isShown?: boolean }>>
>;

export const narrowestColumn = 56;
export const widestColumn = 600;
/** The least width of the first column. */
const narrowestFirst = 200;
/** The strip of the environment, the check box and the ring, with the gaps between columns. */
const fixedWidth = 76;
export const columnGap = 9;

/** Whether a column is shown where there is room. */
export function isChosen({ id, isUsual }: Column, choices: ColumnChoices): boolean {
  return id === 'session' || (choices[id]?.isShown ?? isUsual);
}

export function widthOf({ id, width }: Column, choices: ColumnChoices): number {
  return choices[id]?.width ?? width;
}

/** The chosen columns for which a list of `available` pixels has room. */
export function shownColumns(
  choices: ColumnChoices,
  available: number,
  without: readonly ColumnId[] = [],
): readonly Column[] {
  const chosen = columns.filter((one) => isChosen(one, choices) && !without.includes(one.id));
  let room = available - fixedWidth - narrowestFirst;
  const fitting = new Set<ColumnId>();
  for (const column of [...chosen].sort((a, b) => b.importance - a.importance)) {
    if (column.id !== 'session') room -= widthOf(column, choices) + columnGap;
    if (room < 0) break;
    fitting.add(column.id);
  }
  fitting.add('session');
  return chosen.filter(({ id }) => fitting.has(id));
}

/** As CSS `grid-template-columns`, after the strip, the check box and the ring. */
export function columnTemplate(shown: readonly Column[], choices: ColumnChoices): string {
  const widths = shown.map((column) =>
    column.id === 'session' ? 'minmax(0, 1fr)' : `${widthOf(column, choices)}px`,
  );
  return ['5px', '24px', '24px', ...widths].join(' ');
}

/** From what was kept; what it does not understand is ignored. */
export function parseColumnChoices(kept: unknown): ColumnChoices {
  if (typeof kept !== 'object' || kept === null) return {};
  const choices: Partial<Record<ColumnId, { width?: number; isShown?: boolean }>> = {};
  for (const { id } of columns) {
    const one = (kept as Readonly<Record<string, unknown>>)[id];
    if (typeof one !== 'object' || one === null) continue;
    const { width, isShown } = one as { readonly width?: unknown; readonly isShown?: unknown };
    choices[id] = {
      ...(typeof width === 'number' ? { width: limited(width) } : {}),
      ...(typeof isShown === 'boolean' ? { isShown } : {}),
    };
  }
  return choices;
}

/** A width a column can have. */
export function limited(width: number): number {
  return Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)));
}
