import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/app/connection/owner-client.ts';
import {
  layOut,
  rowHeight,
  rowsInView,
  titleHeight,
  topOf,
  type ListedGroup,
  type PositionedGroup,
} from '../../../src/app/sessions/rows-in-view.ts';
import { iamUser } from './app-sessions.ts';

const group = (title: string, count: number): ListedGroup => ({
  key: title,
  title,
  isCollapsed: false,
  sessions: Array.from(
    { length: count },
    (_, at) => ({ sessionId: `${title} ${at}` }) as unknown as Session,
  ),
});
const names = ({ rows }: PositionedGroup) => rows.map(({ session }) => session.sessionId);

describe('the list draws', () => {
  it('all rows if they fit', () => {
    const groups = [group('Active', 2), group('Inactive', 1)];
    const [active, inactive] = rowsInView(layOut(groups), { top: 0, height: 800 }, undefined);
    expect(active && names(active)).toEqual(['Active 0', 'Active 1']);
    expect(inactive && names(inactive)).toEqual(['Inactive 0']);
  });

  it('each row below the one before it, under the title of its group, numbered over the whole list', () => {
    const groups = [group('Active', 2), group('Inactive', 1)];
    const [active, inactive] = rowsInView(layOut(groups), { top: 0, height: 800 }, undefined);
    expect(active).toMatchObject({ index: 2, top: 0, height: titleHeight + 2 * rowHeight });
    expect(active?.rows).toMatchObject([
      { top: titleHeight, index: 3 },
      { top: titleHeight + rowHeight, index: 4 },
    ]);
    expect(inactive).toMatchObject({ index: 5, rows: [{ top: titleHeight, index: 6 }] });
    expect(inactive?.top).toBe(active?.height);
    expect(layOut(groups)).toMatchObject({
      height: 2 * titleHeight + 3 * rowHeight,
      rowCount: 6,
    });
  });

  it('no space for a missing title', () => {
    const [all] = rowsInView(layOut([group('', 2)]), { top: 0, height: 800 }, undefined);
    expect(all).toMatchObject({
      height: 2 * rowHeight,
      rows: [{ top: 0, index: 2 }, { index: 3 }],
    });
  });

  it('a screenful of thousands, and always the focused row', () => {
    const long = group('', 5000);
    const keyboardAt = long.sessions[4000];
    const [all] = rowsInView(layOut([long]), { top: 100 * rowHeight, height: 600 }, keyboardAt);
    expect(all && names(all)).toContain(' 100');
    expect(all && names(all).at(-1)).toBe(' 4000');
    expect(all?.rows.length).toBeLessThan(40);
  });

  it('a screenful of thousands of groups, and always the one with the focused row', () => {
    const groups = Array.from({ length: 5000 }, (_, at) => group(`account-${at}`, 1));
    const each = titleHeight + rowHeight;
    const keyboardAt = groups[4000]?.sessions[0];
    const drawn = rowsInView(layOut(groups), { top: 100 * each, height: 600 }, keyboardAt);
    expect(drawn.length).toBeLessThan(30);
    expect(drawn.find((one) => one.group.key === 'account-100')).toMatchObject({ top: 100 * each });
    expect(drawn.at(-1)).toMatchObject({
      group: { key: 'account-4000' },
      top: 4000 * each,
      isNear: false,
    });
    expect(drawn.at(-1)?.rows).toMatchObject([{ session: keyboardAt }]);
  });

  it('the end of a list that became shorter than the scroll position', () => {
    const [all] = rowsInView(layOut([group('', 100)]), { top: 90_000, height: 460 }, undefined);
    expect(all && names(all)).toContain(' 99');
  });

  it('all rows in view, for any groups and any scroll position', () => {
    const count = fc.nat({ max: 400 });
    fc.assert(
      fc.property(
        count,
        count,
        fc.nat({ max: 20_000 }),
        fc.nat({ max: 2000 }),
        (a, b, top, height) => {
          const groups = [group('Active', a), group('Inactive', b)];
          const placed = rowsInView(layOut(groups), { top, height }, undefined);
          const drawn = new Set(placed.flatMap(({ rows }) => rows.map(({ session }) => session)));
          let above = 0;
          for (const { sessions } of groups) {
            for (const [row, session] of sessions.entries()) {
              const begins = above + titleHeight + row * rowHeight;
              const isInView = begins + rowHeight > top && begins < top + height;
              if (isInView) expect(drawn).toContain(session);
            }
            above += titleHeight + sessions.length * rowHeight;
          }
        },
      ),
    );
  });

  it('a failure as a row below its session, and nothing below the head of a collapsed group', () => {
    const failed = iamUser('anna', { lastEnd: { reason: 'failed', at: '', message: 'Refused.' } });
    const active = { ...group('Active', 1), sessions: [failed, iamUser('ben')] };
    const closed = { ...group('Inactive', 3), isCollapsed: true };
    const groups = [closed, active];
    const [first, second] = rowsInView(layOut(groups), { top: 0, height: 800 }, undefined);
    expect(first).toMatchObject({ height: titleHeight, rows: [], index: 2 });
    expect(second?.rows).toMatchObject([
      { session: failed, index: 4 },
      { session: failed, failure: { message: 'Refused.' }, index: 5 },
      { index: 6, top: titleHeight + 2 * rowHeight },
    ]);
    expect(topOf(layOut(groups), 'Active')).toBe(titleHeight);
    expect(topOf(layOut(groups), active.sessions[1] ?? '')).toBe(2 * titleHeight + 2 * rowHeight);
    expect(topOf(layOut(groups), 'gone')).toBeUndefined();
  });
});
