import type { Session } from '../connection/owner-client.ts';
import type { Group } from './grouping.ts';
import { failureOf, type Failure } from './session-state.ts';

/** Heights in the list, in pixels. A failure has its own row, as high as a session. */
export const rowHeight = 34;
export const titleHeight = 36;
/** Rows drawn beyond each edge, so that they are there when scrolled to. */
const beyond = 4;

/** A group with what is listed below its head. */
export interface ListedGroup extends Group {
  readonly isCollapsed: boolean;
}

/** The visible part of the list: its top below the head and its height, in pixels. */
export interface View {
  readonly top: number;
  readonly height: number;
}

/** A session, or why it failed. */
export interface Row {
  readonly session: Session;
  readonly failure: Failure | undefined;
}

export interface PositionedRow extends Row {
  /** Below the top of its group, in pixels. */
  readonly top: number;
  /** Counted over the whole list from 1, the head included (WAI-ARIA `aria-rowindex`). */
  readonly index: number;
}

/** A group at its location in the list. */
export interface PlacedGroup {
  readonly group: ListedGroup;
  /** Below the head of the list, in pixels. */
  readonly top: number;
  readonly height: number;
  /** Of the group's head, as `PositionedRow.index`. */
  readonly index: number;
  /** All that is listed below its head. */
  readonly listed: readonly Row[];
}

/** Where everything in the list is. */
export interface Layout {
  readonly groups: readonly PlacedGroup[];
  /** In pixels, without the head of the list. */
  readonly height: number;
  /** With the head of the list and those of groups. */
  readonly rowCount: number;
}

export interface PositionedGroup extends Omit<PlacedGroup, 'listed'> {
  /** Whether any part of it is in view, or near; else it is drawn for its focused row alone. */
  readonly isNear: boolean;
  readonly rows: readonly PositionedRow[];
}

/** Where a session or the head of a group is: the positions of its group and of its row; no row for a head. */
interface RowLocation {
  readonly at: number;
  readonly row?: number;
}

/** Puts the groups below each other. */
export function layOut(groups: readonly ListedGroup[]): Layout {
  let top = 0;
  let index = 2;
  const placed = groups.map((group): PlacedGroup => {
    const listed = rowsOf(group);
    const head = headHeight(group);
    const one = { group, listed, top, index, height: head + listed.length * rowHeight };
    top += one.height;
    index += listed.length + (head === 0 ? 0 : 1);
    return one;
  });
  return { groups: placed, height: top, rowCount: index - 1 };
}

/**
 * What to draw, so that thousands of sessions or groups cost no more than a screenful: what is in view, and
 * the focused row (a session, or the key of a group), which keeps the focus when it is scrolled away.
 */
export function rowsInView(
  layout: Layout,
  view: View,
  focused: Session | string | undefined,
): readonly PositionedGroup[] {
  const { groups, height } = layout;
  // The list may have become shorter than the scroll position.
  const top = Math.max(0, Math.min(view.top, height - view.height));
  const drawn = { top: top - beyond * rowHeight, end: top + view.height + beyond * rowHeight };
  const first = firstEndingBelow(groups, drawn.top);
  const positioned: PositionedGroup[] = [];
  let last = first;
  for (let group = groups[first]; group !== undefined && group.top < drawn.end;) {
    positioned.push(position(group, drawn));
    last += 1;
    group = groups[last];
  }
  const kept = focused === undefined ? undefined : locationOf(layout, focused);
  const keptGroup = kept && groups[kept.at];
  if (kept === undefined || keptGroup === undefined) return positioned;
  if (kept.at >= first && kept.at < last) {
    const near = positioned[kept.at - first];
    if (near !== undefined) positioned[kept.at - first] = withRow(near, keptGroup, kept.row);
    return positioned;
  }
  const alone = position(keptGroup, { top: 0, end: 0 }, kept.row === undefined);
  // In order, for screen readers and Tab.
  positioned.splice(
    kept.at < first ? 0 : positioned.length,
    0,
    withRow(alone, keptGroup, kept.row),
  );
  return positioned;
}

/** Where the row of a session, or the head of a group, begins: in pixels below the head of the list. */
export function topOf(layout: Layout, target: Session | string): number | undefined {
  const location = locationOf(layout, target);
  const group = location && layout.groups[location.at];
  if (group === undefined) return undefined;
  return location?.row === undefined
    ? group.top
    : group.top + headHeight(group.group) + location.row * rowHeight;
}

function locationOf({ groups }: Layout, target: Session | string): RowLocation | undefined {
  for (const [at, { group, listed }] of groups.entries()) {
    if (group.key === target) return { at };
    const row = listed.findIndex(({ session }) => session === target);
    if (row >= 0) return { at, row };
  }
  return undefined;
}

/** The position of the first group that ends below `top`, by binary search. */
function firstEndingBelow(groups: readonly PlacedGroup[], top: number): number {
  let [from, to] = [0, groups.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const group = groups[middle];
    if (group !== undefined && group.top + group.height <= top) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** With its rows between `top` and `end`, in pixels below the head of the list. */
function position(
  placed: PlacedGroup,
  { top, end }: { readonly top: number; readonly end: number },
  isNear = true,
): PositionedGroup {
  const { group, listed, index } = placed;
  const start = placed.top + headHeight(group);
  const first = Math.max(0, Math.floor((top - start) / rowHeight));
  const last = Math.max(0, Math.ceil((end - start) / rowHeight));
  const rows = listed.slice(first, last).map((row, at) => rowAt(placed, row, first + at));
  return { group, top: placed.top, height: placed.height, index, isNear, rows };
}

function rowAt({ group, index }: PlacedGroup, row: Row, at: number): PositionedRow {
  const head = headHeight(group);
  return {
    session: row.session,
    failure: row.failure,
    top: head + at * rowHeight,
    index: index + (head === 0 ? 0 : 1) + at,
  };
}

/** Also with the row at this position, in order. */
function withRow(
  positioned: PositionedGroup,
  placed: PlacedGroup,
  at: number | undefined,
): PositionedGroup {
  const row = at === undefined ? undefined : placed.listed[at];
  if (row === undefined || at === undefined) return positioned;
  const kept = rowAt(placed, row, at);
  const { rows } = positioned;
  if (rows.some(({ index }) => index === kept.index)) return positioned;
  return { ...positioned, rows: [...rows, kept].sort((a, b) => a.index - b.index) };
}

function headHeight({ title }: ListedGroup): number {
  return title === '' ? 0 : titleHeight;
}

function rowsOf({ isCollapsed, sessions }: ListedGroup): readonly Row[] {
  if (isCollapsed) return [];
  const rows: Row[] = [];
  for (const session of sessions) {
    rows.push({ session, failure: undefined });
    const failure = failureOf(session);
    if (failure !== undefined) rows.push({ session, failure });
  }
  return rows;
}
