import { describe, expect, it } from 'vitest';
import { formatInstant, formatSpan, parseInstant } from '../../../src/cli/arguments/instant.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('a stretch of time', () => {
  it.each([
    [0, '0 s'],
    [-5000, '0 s'],
    [9_999, '9 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [42_000_000, '11 h 40 min'],
    [90_061_000, '1 d 1 h'],
    [86_460_000, '1 d'],
  ])('of %d ms is said as %s', (milliseconds, words) => {
    expect(formatSpan(milliseconds)).toBe(words);
  });
});

describe('an instant', () => {
  it.each([
    ['2026-12-31T18:00:00Z', '2026-12-31T18:00:00.000Z'],
    ['2026-12-31T18:00:00+02:00', '2026-12-31T16:00:00.000Z'],
    ['90min', '2026-11-20T13:30:00.000Z'],
    ['8h', '2026-11-20T20:00:00.000Z'],
    ['2d', '2026-11-22T12:00:00.000Z'],
  ])('may be written as %s', (text, instant) => {
    expect(parseInstant(text, 'ahead', now)).toBe(instant);
  });

  it('counts a span backwards where the past is meant', () => {
    expect(parseInstant('2d', 'back', now)).toBe('2026-11-18T12:00:00.000Z');
  });

  it('is local time where no zone is named', () => {
    expect(parseInstant('2026-12-31 18:00', 'ahead')).toBe(
      new Date(2026, 11, 31, 18).toISOString(),
    );
    expect(parseInstant('2026-12-31', 'ahead')).toBe(new Date(2026, 11, 31).toISOString());
  });

  it.each(['tomorrow', '', '2026-13-40', '5', 'h', '-5h', 'Nov 20'])(
    'is not %j: that is a usage error',
    (text) => {
      expect(() => parseInstant(text, 'ahead', now)).toThrow(
        expect.objectContaining({ exitCode: 2 }) as Error,
      );
    },
  );

  it('is shown in local time, and nothing for one that has not been', () => {
    expect(formatInstant(new Date(2026, 10, 20, 9, 5).toISOString())).toBe('2026-11-20 09:05');
    expect(formatInstant('')).toBe('');
  });
});
