import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, parseDuration, roughDuration } from '../../../src/models/duration.ts';

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [90, '1 min 30 s'],
    [2700, '45 min'],
    [43_200, '12 h'],
    [5400, '1 h 30 min'],
    [86_400, '1 d'],
    [88_201, '1 d 30 min 1 s'],
    [31_536_000, '365 d'],
  ])('of %i seconds is written out as "%s"', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it('is read back unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31_536_000 }), (seconds) => {
        expect(parseDuration(durationText(seconds))).toBe(seconds);
      }),
    );
  });

  it.each([
    ['12 h', 43_200],
    ['12h', 43_200],
    ['1h30m', 5400],
    ['1 H 30 Min', 5400],
    ['1.5 hours', 5400],
    ['90 minutes', 5400],
    ['1 day', 86_400],
    ['2 hrs', 7200],
    ['2 hectares', undefined],
    ['5 months', undefined],
    ['3600', undefined],
    ['an hour', undefined],
    ['1.0001 s', undefined],
    ['-1 h', undefined],
    ['', undefined],
  ])('typed as "%s" is %s seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    [-5, '0 s'],
    [500, '1 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [4_859_000, '1 h 20 min'],
    [3_600_000, '1 h'],
    [86_399_000, '23 h 59 min'],
    [273_600_000, '3 d 4 h'],
    [259_260_000, '3 d'],
  ])('of %i milliseconds is about "%s"', (milliseconds, text) => {
    expect(roughDuration(milliseconds)).toBe(text);
  });
});
