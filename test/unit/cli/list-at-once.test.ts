import { describe, expect, it } from 'vitest';
import { switchesOf } from '../../../src/cli/sessions/list-at-once.ts';

describe('a list of sessions without the other commands', () => {
  it.each([
    ['', {}],
    ['--active', { active: true }],
    ['--hidden --archived --json', { hidden: true, archived: true, json: true }],
    ['--csv', { csv: true }],
  ])('is that of `stint session list %s`', (words, expected) => {
    expect(switchesOf(words.split(' ').filter((word) => word !== ''))).toEqual(expected);
  });

  it.each([
    '--help',
    '--verbose',
    '-q payments',
    '--json=x',
    'extra',
    '--columns name',
    '--limit 3',
  ])('is not that of `stint session list %s`: the other commands know what it means', (words) => {
    expect(switchesOf(words.split(' '))).toBeUndefined();
  });
});
