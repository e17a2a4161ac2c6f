import { describe, expect, it } from 'vitest';
import {
  formatHistoryFilter,
  historyQuery,
  isShown,
  kindGroups,
  parseHistoryFilter,
} from '../../../src/app/history/history-filter.ts';
import { historyKindSchema } from '../../../src/models/history.ts';

const parse = (query: string) => parseHistoryFilter(new URLSearchParams(query));
const now = Date.parse('2026-11-30T12:00:00Z');

describe('the filter of the history', () => {
  it('is the last seven days without what is routine, and what it names no more is the default', () => {
    expect(parse('kind=gossip&days=9')).toEqual(parse(''));
    expect(formatHistoryFilter(parse('')).toString()).toBe('');
    expect(historyQuery(parse(''), now)).toEqual({
      from: '2026-11-23T12:00:00.000Z',
      except: ['session-rotated', 'credentials-read', 'token-issued'],
    });
  });

  it('is the same after it was in an address', () => {
    const query = 'session=abc&kind=runs&who=ci&days=all&routine=show';
    expect(formatHistoryFilter(parse(query)).toString()).toBe(query);
  });

  it('leaves out every kind of other groups', () => {
    const { except = [] } = historyQuery(parse('kind=questions'), now);
    const left = historyKindSchema.options.filter((kind) => !except.includes(kind));
    expect(left).toEqual(['prompt-raised', 'prompt-closed']);
  });

  it('knows a group for every kind but renewals', () => {
    const grouped = Object.values(kindGroups).flatMap(({ kinds }): readonly string[] => kinds);
    const missing = historyKindSchema.options.filter((kind) => !grouped.includes(kind));
    expect(missing).toEqual(['session-rotated']);
  });

  it('counts a stop as a failure only where nobody asked for it', () => {
    const failures = parse('kind=failures');
    const stop = (reason: 'stopped' | 'failed') => ({ kind: 'session-stopped' as const, reason });
    expect([isShown(stop('stopped'), failures), isShown(stop('failed'), failures)]).toEqual([
      false,
      true,
    ]);
    expect(isShown(stop('stopped'), parse(''))).toBe(true);
  });
});
