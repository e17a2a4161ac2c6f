import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullMoment, moment } from '../../../src/app/time/time-text.ts';

const instants = fc
  .date({
    min: new Date('2000-01-01T00:00:00Z'),
    max: new Date('2100-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());

it('a time is written as people in Britain write it', () => {
  const full = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  fc.assert(
    fc.property(instants, (instant) => {
      expect(fullMoment(instant)).toBe(full.format(new Date(instant)));
    }),
  );
});

it('a time today has no date, and a time of this year no year', () => {
  const at = new Date(2026, 8, 9, 14, 2);
  const after = (days: number, year = 2026) => new Date(year, 8, 9 + days, 15).getTime();
  expect(moment(at.toISOString(), after(0))).toBe('14:02');
  expect(moment(at.toISOString(), after(2))).toBe('Wed 14:02');
  expect(moment(at.toISOString(), after(20))).toBe('9 Sept');
  expect(moment(at.toISOString(), after(0, 2027))).toBe('9 Sept 2026');
});
