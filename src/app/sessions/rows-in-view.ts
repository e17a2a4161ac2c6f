import type { Session } from '../connection/owner-client.ts';
import type { Group } from './grouping.ts';
import { failureOf, type Failure } from './session-state.ts';

/** Heights in the list, in pixels. A failure has its own row, as high as a session. */
export const rowHeight = 34;
export const titleHeight = 36;
/** Rows drawn beyond each edge, so that they are there when scrolled to. */
const beyond = 8;

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
  readonly failure?: Failure;
}

export interface PositionedRow extends Row {
  /** Below the top of its group, in pixels. */
  readonly top: number;
  /** Counted over the whole list from 1, the head included (WAI-ARIA `aria-rowindex`). */
  readonly index: number;
}

/** A group at its place in the list. */
export interface PlacedGroup extends ListedGroup {
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

export interface PositionedGroup extends PlacedGroup {
  /** Whether any part of it is in view, or near; else it is drawn for its focused row alone. */
  readonly isNear: boolean;
  readonly rows: readonly PositionedRow[];
}

/** Puts the groups below each other. */
export function layOut(groups: readonly ListedGroup[]): Layout {
  let top = 0;
  let index = 2;
  const placed = groups.map((group): PlacedGroup => {
    const listed = rowsOf(group);
    const one = { ...group, listed, top, index, height: heightOf(group, listed) };
    top += one.height;
    index += listed.length + (group.title === '' ? 0 : 1);
    return one;
  });
  return { groups: placed, height: top, rowCount: index - 1 };
}

/**
 * What to draw, so that thousands of sessions or groups cost no more than a screenful: what is in view, and
 * the focused row (a session, or the key of a group), which keeps the focus when it is scrolled away.
 */
export function rowsInView(
  { groups, height }: Layout,
  view: View,
  focused: Session | string | undefined,
): readonly PositionedGroup[] {
  // The list may have become shorter than the scroll position.
  const top = Math.max(0, Math.min(view.top, height - view.height));
  const end = top + view.height;
  return groups.flatMap((group): readonly PositionedGroup[] => {
    const isNear =
      group.key === focused ||
      (group.top + group.height > top - beyond * rowHeight && group.top < end + beyond * rowHeight);
    const kept = group.listed.findIndex(({ session }) => session === focused);
    if (!isNear && kept < 0) return [];
    const head = group.title === '' ? 0 : titleHeight;
    const start = group.top + head;
    const first = Math.max(0, Math.floor((top - start) / rowHeight) - beyond);
    const last = Math.max(0, Math.ceil((end - start) / rowHeight) + beyond);
    const positioned = (row: Row, at: number): PositionedRow => ({
      ...row,
      top: head + at * rowHeight,
      index: group.index + (head === 0 ? 0 : 1) + at,
    });
    const rows = group.listed.slice(first, last).map((row, at) => positioned(row, first + at));
    const more = kept < 0 ? undefined : positioned(group.listed[kept] as Row, kept);
    return [{ ...group, isNear, rows: withKept(rows, more) }];
  });
}

/** Where the row of a session, or the head of a group, begins: in pixels below the head of the list. */
export function topOf({ groups }: Layout, target: Session | string): number | undefined {
  for (const { key, title, top, listed } of groups) {
    if (key === target) return top;
    const at = listed.findIndex(({ session }) => session === target);
    if (at >= 0) return top + (title === '' ? 0 : titleHeight) + at * rowHeight;
  }
  return undefined;
}

function rowsOf({ isCollapsed, sessions }: ListedGroup): readonly Row[] {
  if (isCollapsed) return [];
  return sessions.flatMap((session): readonly Row[] => {
    const failure = failureOf(session);
    return failure === undefined ? [{ session }] : [{ session }, { session, failure }];
  });
}

/** In order, for screen readers and Tab. */
function withKept(
  rows: readonly PositionedRow[],
  kept: PositionedRow | undefined,
): readonly PositionedRow[] {
  if (kept === undefined || rows.some(({ index }) => index === kept.index)) return rows;
  return [...rows, kept].sort((a, b) => a.index - b.index);
}

function heightOf({ title }: ListedGroup, rows: readonly Row[]): number {
  return (title === '' ? 0 : titleHeight) + rows.length * rowHeight;
}
