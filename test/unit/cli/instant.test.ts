import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/cli/arguments/instant.ts';
import { instantText } from '../../../src/cli/terminal/instant-text.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

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

  it('counts a duration backwards where the past is meant', () => {
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

  it('is shown in local time, and as nothing where it is empty', () => {
    expect(instantText(new Date(2026, 10, 20, 9, 5).toISOString())).toBe('2026-11-20 09:05');
    expect(instantText('')).toBe('');
  });
});
