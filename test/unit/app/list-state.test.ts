import { describe, expect, it } from 'vitest';
import {
  formatListState,
  parseListState,
  wholeList,
  type ListState,
} from '../../../src/app/sessions/list-state.ts';

const prod: ListState = {
  words: 'prod & "eu"',
  segment: 'pinned',
  integrationId: '6f0c',
  filters: { label: ['a, b', 'c'], account: ['447109328810'] },
  grouping: 'account',
  order: { column: 'region', descending: true },
  columns: ['left', 'role'],
  selectedId: '1b2d',
};

describe('the state of the list in the address', () => {
  it.each([wholeList, prod, { ...wholeList, columns: [] }])(
    'is the same after a reload',
    (state) => {
      const { search } = new URL(`http://127.0.0.1/?${formatListState(state).toString()}`);
      expect(parseListState(new URLSearchParams(search))).toEqual(state);
    },
  );

  it('names no defaults, and ignores what it does not know', () => {
    expect(formatListState(wholeList).toString()).toBe('');
    expect(parseListState(new URLSearchParams('show=mine&sort=-colour&page=7'))).toEqual(wholeList);
  });
});
