import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/app/connection/owner-client.ts';
import { reuseRows, type DrawnGroup } from '../../../src/app/sessions/reused-rows.ts';
import type { PositionedGroup } from '../../../src/app/sessions/rows-in-view.ts';

const placed = (key: string, sessionIds: readonly string[]): PositionedGroup => {
  const sessions = sessionIds.map((sessionId) => ({ sessionId }) as unknown as Session);
  return {
    group: { key, title: key, isCollapsed: false, sessions },
    top: 0,
    height: 0,
    index: 2,
    isNear: true,
    rows: sessions.map((session, at) => ({
      session,
      failure: undefined,
      top: 0,
      index: 3 + at,
    })),
  };
};
const failed = (group: PositionedGroup): PositionedGroup => ({
  ...group,
  rows: group.rows.flatMap((row) => [row, { ...row, failure: { message: 'No.' } }]),
});
const groupSlots = (drawn: readonly DrawnGroup[]) => drawn.map(({ slot }) => slot);
const rowSlots = (drawn: readonly DrawnGroup[], at = 0) =>
  drawn[at]?.rows.map(({ slot }) => slot) ?? [];

describe('the elements of rows are used again', () => {
  it('for the rows that come into view', () => {
    const first = reuseRows([placed('all', ['a', 'b', 'c'])], [], undefined);
    const then = reuseRows([placed('all', ['c', 'd', 'e'])], first, undefined);
    const [a, b, c] = rowSlots(first);
    expect(rowSlots(then)).toEqual([c, a, b]);
  });

  it('for the groups that come into view, with those of their rows', () => {
    const first = reuseRows([placed('A', ['a']), placed('B', ['b'])], [], undefined);
    const then = reuseRows([placed('B', ['b']), placed('C', ['c'])], first, undefined);
    expect(groupSlots(then)).toEqual(groupSlots(first).toReversed());
    expect(rowSlots(then, 1)).toEqual(rowSlots(first, 0));
  });

  it('in the same order where a search lists others', () => {
    const first = reuseRows([placed('all', ['a', 'b', 'c'])], [], undefined);
    const then = reuseRows([placed('all', ['x', 'y'])], first, undefined);
    expect(rowSlots(then)).toEqual(rowSlots(first).slice(0, 2));
  });

  it('but not those of a session for its failure', () => {
    const first = reuseRows([placed('all', ['a', 'b'])], [], undefined);
    const then = reuseRows([failed(placed('all', ['c']))], first, undefined);
    const [session, failure] = rowSlots(then);
    expect(session).toBe(rowSlots(first)[0]);
    expect(rowSlots(first)).not.toContain(failure);
  });
});

describe('the elements with the focus are never used for another session', () => {
  it('when their row is no longer drawn', () => {
    const first = reuseRows([placed('all', ['a', 'b'])], [], undefined);
    const focused = { group: groupSlots(first)[0], row: rowSlots(first)[0] };
    const then = reuseRows([placed('all', ['c', 'd'])], first, focused);
    expect(rowSlots(then)).not.toContain(focused.row);
  });

  it('when it was gone before the window drew that', () => {
    const first = reuseRows([placed('all', ['a', 'b'])], [], undefined);
    const focused = { group: groupSlots(first)[0], row: rowSlots(first)[1] };
    const then = reuseRows([placed('all', ['a'])], first, focused);
    const last = reuseRows([placed('all', ['a', 'c'])], then, focused);
    expect(rowSlots(last)).not.toContain(focused.row);
  });

  it('when their group is no longer drawn', () => {
    const first = reuseRows([placed('A', ['a'])], [], undefined);
    const focused = { group: groupSlots(first)[0], row: undefined };
    const then = reuseRows([placed('B', ['b'])], first, focused);
    expect(groupSlots(then)).not.toContain(focused.group);
  });

  it('but stay with their session', () => {
    const first = reuseRows([placed('all', ['a', 'b', 'c'])], [], undefined);
    const focused = { group: groupSlots(first)[0], row: rowSlots(first)[2] };
    const then = reuseRows([placed('all', ['x', 'c'])], first, focused);
    expect(rowSlots(then)[1]).toBe(focused.row);
  });
});

it('no two rows ever have the same elements', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
  const steps = fc.array(fc.tuple(ids, ids, fc.boolean()), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(steps, (lists) => {
      let drawn: readonly DrawnGroup[] = [];
      for (const [one, other, isFailed] of lists) {
        const groups = [placed('one', one), placed(other.join(''), other)].map((group) =>
          isFailed ? failed(group) : group,
        );
        const focused = { group: drawn[0]?.slot, row: drawn[0]?.rows[0]?.slot };
        drawn = reuseRows(groups, drawn, focused);
        expect(new Set(groupSlots(drawn)).size).toBe(2);
        for (const { rows } of drawn) {
          expect(new Set(rows.map(({ slot }) => slot)).size).toBe(rows.length);
        }
      }
    }),
  );
});
