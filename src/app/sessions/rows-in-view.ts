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

export interface PositionedGroup extends ListedGroup {
  readonly index: number;
  readonly height: number;
  /** Whether any part of it is in view, or near. */
  readonly isNear: boolean;
  /** Sessions and failures. */
  readonly count: number;
  readonly rows: readonly PositionedRow[];
}

/**
 * The rows to draw, so that thousands of sessions cost no more than a screenful: those in view, and
 * the focused one (a session, or the key of a group), which keeps the focus when it is scrolled away.
 * Groups out of view are empty, at their height.
 */
export function rowsInView(
  groups: readonly ListedGroup[],
  view: View,
  focused: Session | string | undefined,
): readonly PositionedGroup[] {
  const listed = groups.map((group) => ({ group, rows: rowsOf(group) }));
  const whole = listed.reduce((sum, { group, rows }) => sum + heightOf(group, rows), 0);
  // The list may have become shorter than the scroll position.
  const top = Math.max(0, Math.min(view.top, whole - view.height));
  let above = 0;
  let index = 2;
  return listed.map(({ group, rows: all }) => {
    const head = group.title === '' ? 0 : titleHeight;
    const start = above + head;
    const first = Math.max(0, Math.floor((top - start) / rowHeight) - beyond);
    const last = Math.max(0, Math.ceil((top + view.height - start) / rowHeight) + beyond);
    const firstRow = index + (head === 0 ? 0 : 1);
    const positioned = (row: Row, at: number): PositionedRow => ({
      ...row,
      top: head + at * rowHeight,
      index: firstRow + at,
    });
    const rows = all.slice(first, last).map((row, at) => positioned(row, first + at));
    const kept = focused === undefined ? -1 : all.findIndex(({ session }) => session === focused);
    const drawn: PositionedGroup = {
      ...group,
      count: all.length,
      index,
      height: heightOf(group, all),
      isNear:
        group.key === focused ||
        (above + heightOf(group, all) > top - beyond * rowHeight &&
          above < top + view.height + beyond * rowHeight),
      rows: withKept(rows, kept < 0 ? undefined : positioned(all[kept] as Row, kept)),
    };
    above += drawn.height;
    index = firstRow + all.length;
    return drawn;
  });
}

/** Where the row of a session, or the head of a group, begins: in pixels below the head of the list. */
export function topOf(
  groups: readonly ListedGroup[],
  target: Session | string,
): number | undefined {
  let above = 0;
  for (const group of groups) {
    if (group.key === target) return above;
    const rows = rowsOf(group);
    const at = rows.findIndex(({ session }) => session === target);
    if (at >= 0) return above + (group.title === '' ? 0 : titleHeight) + at * rowHeight;
    above += heightOf(group, rows);
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
