import type { PositionedGroup, PositionedRow } from './rows-in-view.ts';

/*
 * Making the elements of a row takes ten times as long as showing another session in them. So a row that is
 * no longer drawn leaves its elements, its slot, to one that is drawn from now on.
 */

/** A row and the elements that show it: rows with the same slot one after the other share them. */
export interface DrawnRow {
  readonly slot: string;
  readonly row: PositionedRow;
}

/** The same for a group with its rows. */
export interface DrawnGroup {
  readonly slot: string;
  readonly placed: PositionedGroup;
  readonly rows: readonly DrawnRow[];
}

/** The slots of the elements with the focus; no row for the head of a group. */
export interface FocusedSlots {
  readonly group: string | undefined;
  readonly row: string | undefined;
}

/** What is drawn in a slot. */
interface Slot {
  readonly slot: string;
  readonly key: string;
}

/**
 * Gives each group and row the slot that it had before, else one that became free. A slot with the focus is
 * never handed on: the focus would go to another session, and the next key would act on that.
 */
export function reuseRows(
  groups: readonly PositionedGroup[],
  before: readonly DrawnGroup[],
  focused: FocusedSlots | undefined,
): readonly DrawnGroup[] {
  const slots = slotsFor(
    groups.map(({ group }) => group.key),
    before.map(({ slot, placed }) => ({ slot, key: placed.group.key })),
    focused?.group,
  );
  const rowsBefore = new Map(before.map(({ slot, rows }) => [slot, rows]));
  return groups.map((placed, at) => {
    const slot = slots[at] ?? '';
    const known = rowsBefore.get(slot) ?? [];
    const focusedRow = slot === focused?.group ? focused.row : undefined;
    return { slot, placed, rows: rowsOf(placed.rows, known, focusedRow) };
  });
}

/** Unique among the rows of the list. */
function keyOf({ session, failure }: Pick<PositionedRow, 'session' | 'failure'>): string {
  return failure === undefined ? session.sessionId : `${session.sessionId} failure`;
}

/** Failures have slots of their own: their elements are others. */
function rowsOf(
  rows: readonly PositionedRow[],
  before: readonly DrawnRow[],
  focused: string | undefined,
): readonly DrawnRow[] {
  const slots = new Map<PositionedRow, string>();
  for (const isFailure of [false, true]) {
    const isSuch = ({ failure }: PositionedRow) => (failure !== undefined) === isFailure;
    const such = rows.filter(isSuch);
    const free = before.filter(({ row }) => isSuch(row));
    const given = slotsFor(
      such.map(keyOf),
      free.map(({ slot, row }) => ({ slot, key: keyOf(row) })),
      focused,
      isFailure ? 'failure ' : '',
    );
    for (const [at, row] of such.entries()) slots.set(row, given[at] ?? '');
  }
  return rows.map((row) => ({ slot: slots.get(row) ?? '', row }));
}

/** In the order of the keys, so that elements seldom move. `prefix`: of the names of new slots. */
function slotsFor(
  keys: readonly string[],
  before: readonly Slot[],
  focused: string | undefined,
  prefix = '',
): readonly string[] {
  const wanted = new Set(keys);
  const kept = new Map<string, string>();
  const free: string[] = [];
  for (const { slot, key } of before) {
    if (wanted.has(key)) kept.set(key, slot);
    else if (slot !== focused) free.push(slot);
  }
  // Also the one with the focus, which may still be on the screen.
  const used = new Set([...before.map(({ slot }) => slot), focused]);
  let count = 0;
  const unused = (): string => {
    let name: string;
    do name = `${prefix}${count++}`;
    while (used.has(name));
    return name;
  };
  let next = 0;
  return keys.map((key) => kept.get(key) ?? free[next++] ?? unused());
}
