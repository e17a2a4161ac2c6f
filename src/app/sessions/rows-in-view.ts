import type { Session } from '../connection/owner-client.ts';

/** Heights in the list, in pixels. */
export const rowHeight = 46;
export const titleHeight = 36;
/** Rows drawn beyond each edge, so that they are there when scrolled to. */
const beyond = 8;

export interface Group {
  readonly title: string;
  readonly sessions: readonly Session[];
}

/** The visible part of the list: its top below the head and its height, in pixels. */
export interface View {
  readonly top: number;
  readonly height: number;
}

export interface PositionedRow {
  readonly session: Session;
  /** Below the top of its group, in pixels. */
  readonly top: number;
  /** Counted over the whole list from 1, the head included (WAI-ARIA `aria-rowindex`). */
  readonly index: number;
}

export interface PositionedGroup {
  readonly title: string;
  readonly count: number;
  readonly index: number;
  readonly height: number;
  readonly rows: readonly PositionedRow[];
}

/**
 * The rows to draw, so that thousands of sessions cost no more than a screenful: those in view, and
 * the focused one, which keeps the focus when it is scrolled away.
 */
export function rowsInView(
  groups: readonly Group[],
  view: View,
  focused: Session | undefined,
): readonly PositionedGroup[] {
  const whole = groups.reduce((sum, group) => sum + heightOf(group), 0);
  // The list may have become shorter than the scroll position.
  const top = Math.max(0, Math.min(view.top, whole - view.height));
  let above = 0;
  let index = 2;
  return groups.map((group) => {
    const head = group.title === '' ? 0 : titleHeight;
    const start = above + head;
    const first = Math.floor((top - start) / rowHeight) - beyond;
    const last = Math.ceil((top + view.height - start) / rowHeight) + beyond;
    const firstRow = index + (head === 0 ? 0 : 1);
    const positioned = (session: Session, at: number): PositionedRow => ({
      session,
      top: head + at * rowHeight,
      index: firstRow + at,
    });
    const rows = group.sessions
      .slice(Math.max(0, first), Math.max(0, last))
      .map((session, at) => positioned(session, Math.max(0, first) + at));
    const kept = focused === undefined ? -1 : group.sessions.indexOf(focused);
    const placed: PositionedGroup = {
      title: group.title,
      count: group.sessions.length,
      index,
      height: heightOf(group),
      rows: withKept(
        rows,
        kept < 0 ? undefined : positioned(group.sessions[kept] as Session, kept),
      ),
    };
    above += placed.height;
    index = firstRow + group.sessions.length;
    return placed;
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

function heightOf({ title, sessions }: Group): number {
  return (title === '' ? 0 : titleHeight) + sessions.length * rowHeight;
}
