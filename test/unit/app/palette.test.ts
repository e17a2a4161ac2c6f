import { describe, expect, it } from 'vitest';
import { highlights, queryWords, ranked, type Ranked } from '../../../src/app/palette/ranking.ts';
import { startWeights, usedAgain, weightAt } from '../../../src/app/palette/use-weight.ts';

const item = (text: string, weight = 0, keywords: readonly string[] = []): Ranked => ({
  text,
  weight,
  keywords,
});
const texts = (items: readonly Ranked[], query: string) =>
  ranked(items, queryWords(query)).map(({ text }) => text);

describe('the palette', () => {
  const all = [
    item('payroll-dev / Developer'),
    item('payments-prod / Operator', 3),
    item('payments-dev / Operator'),
    item('audit', 9, ['447109328810', 'pay-audit']),
  ];

  it('finds beginnings of words first, then the most used, then by name', () => {
    expect(texts(all, 'pay op')).toEqual([
      'payments-prod / Operator',
      'payments-dev / Operator',
      'payroll-dev / Developer',
    ]);
  });

  it('finds words in any order, and by keywords last', () => {
    expect(texts(all, 'OP pay')[0]).toBe('payments-prod / Operator');
    expect(texts(all, 'pay').at(-1)).toBe('audit');
    expect(texts(all, '44710932')).toEqual(['audit']);
  });

  it('lists the most used first while nothing is typed', () => {
    expect(texts(all, ' ').slice(0, 2)).toEqual(['audit', 'payments-prod / Operator']);
  });

  it('marks what matches, at the beginning of a word where it can', () => {
    const name = 'payroll-dev / Opsdeveloper';
    expect(highlights(name, ['op'])).toEqual([[14, 16]]);
    expect(highlights(name, ['pay', 'payroll', 'dev'])).toEqual([
      [0, 7],
      [8, 11],
    ]);
    expect(highlights(name, ['xyz'])).toEqual([]);
  });
});

it('a use counts half after a week', () => {
  const week = 7 * 24 * 60 * 60 * 1000;
  const twice = usedAgain(usedAgain(undefined, 0), week);
  expect(twice).toEqual({ weight: 1.5, at: week });
  expect(weightAt(twice, 2 * week)).toBe(0.75);
  expect(weightAt(undefined, week)).toBe(0);
});

it('the session that was started most often weighs 1, those that were never started nothing', () => {
  const sessions = [
    { sessionId: 'daily', startDateTime: '2026-01-02T00:00:00Z' },
    { sessionId: 'weekly', startDateTime: '2026-01-03T00:00:00Z' },
    { sessionId: 'never', startDateTime: '' },
  ];
  expect([...startWeights(sessions)]).toEqual([
    ['daily', 1],
    ['weekly', 0.5],
  ]);
});
