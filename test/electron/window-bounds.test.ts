import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openingBounds, smallest, type Bounds } from '../../electron/window/bounds.ts';
import { decideClose } from '../../electron/window/close-decision.ts';

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const external: Bounds = { x: 1440, y: 0, width: 2560, height: 1400 };

describe('where the window opens', () => {
  test('is its last position', () => {
    const saved = { x: 1500, y: 40, width: 1000, height: 700 };
    expect(openingBounds(saved, [laptop, external])).toEqual(saved);
  });

  test('is made smaller for a display that has another resolution now', () => {
    const saved = { x: 100, y: 100, width: 2500, height: 1300 };
    const { width, height } = laptop;
    expect(openingBounds(saved, [laptop])).toEqual({ x: 0, y: 100, width, height });
  });

  test('is the default position once the display it was on is gone', () => {
    const saved = { x: 1500, y: 40, width: 1000, height: 700 };
    expect(openingBounds(saved, [laptop])).toEqual({ width: 1180, height: 760 });
  });

  test.each([
    ['above the display', { x: 100, y: -200, width: 1000, height: 700 }],
    ['below it', { x: 100, y: 890, width: 1000, height: 700 }],
    ['with a sliver on the right', { x: 1400, y: 100, width: 1000, height: 700 }],
    ['with a sliver on the left', { x: -950, y: 100, width: 1000, height: 700 }],
  ])('is the usual place where its title bar would be out of reach: %s', (_name, saved) => {
    expect(openingBounds(saved, [laptop])).toEqual({ width: 1180, height: 760 });
  });

  test('fits a small display, and respects the minimum size', () => {
    expect(openingBounds(undefined, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({
      width: 1024,
      height: 600,
    });
    expect(openingBounds(undefined, [{ x: 0, y: 0, width: 320, height: 200 }])).toEqual(smallest);
    expect(openingBounds(undefined, [])).toEqual({ width: 1180, height: 760 });
  });

  test('always leaves the title bar within reach', () => {
    const bounds = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 1, max: 4000 }),
      height: fc.integer({ min: 1, max: 4000 }),
    });
    fc.assert(
      fc.property(bounds, (saved) => {
        const opened = openingBounds(saved, [laptop, external]);
        if (opened.x === undefined || opened.y === undefined) return;
        const { x, y } = opened;
        const onOne = [laptop, external].some(
          (area) =>
            y >= area.y &&
            y < area.y + area.height &&
            x < area.x + area.width &&
            x + opened.width > area.x,
        );
        expect(onOne).toBe(true);
      }),
    );
  });
});

test.each([
  [{ quitting: false, trayVisible: true }, 'hide'],
  [{ quitting: false, trayVisible: false }, 'close'],
  [{ quitting: true, trayVisible: true }, 'close'],
  [{ quitting: true, trayVisible: false }, 'close'],
] as const)('the close button with %j means %s', (state, decision) => {
  expect(decideClose(state)).toBe(decision);
});
