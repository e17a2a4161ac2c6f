import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText } from '../../../src/models/duration-text.ts';

describe('the text of a duration', () => {
  it.each([
    [-5000, '0 s'],
    [0, '0 s'],
    [1, '1 s'],
    [9_001, '10 s'],
    [119_000, '119 s'],
    [119_001, '2 min'],
    [900_000, '15 min'],
    [3_600_000, '1 h'],
    [42_000_000, '11 h 40 min'],
    [43_199_100, '12 h'],
    [129_600_000, '36 h'],
    [172_800_000, '2 d'],
    [183_600_000, '2 d 3 h'],
  ])('%d ms is "%s"', (milliseconds, words) => {
    expect(durationText(milliseconds)).toBe(words);
  });

  it.each([
    [0, 'under a minute'],
    [59_000, 'under a minute'],
    [60_000, '1 min'],
    [119_000, '1 min'],
    [7_500_000, '2 h 5 min'],
  ])('%d ms to the minute is "%s"', (milliseconds, words) => {
    expect(durationText(milliseconds, { smallest: 'min' })).toBe(words);
  });

  it('has at most two units, the larger one first', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 10), (milliseconds) => {
        expect(durationText(milliseconds)).toMatch(/^(\d+ (s|min|h|d)|\d+ h \d+ min|\d+ d \d+ h)$/);
      }),
    );
  });
});
