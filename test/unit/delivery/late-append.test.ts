import { describe, expect, it } from 'vitest';
import { withLateAppend } from '../../../src/services/delivery/shared/user-file/late-append.ts';

describe('the second piece of an append, written into the file that was replaced', () => {
  const begun = '[own]\nkey = 1\n[theirs]\n';
  const piece = 'key = 3\n';

  it.each([
    [
      'goes before what Stint added',
      `${begun}[stint]\nkey = 2\n`,
      `${begun}${piece}[stint]\nkey = 2\n`,
    ],
    [
      'goes to its section where Stint changed lines before it',
      '[own]\nkey = 1\n[stint]\n[theirs]\n[next]\nkey = 4\n',
      `[own]\nkey = 1\n[stint]\n[theirs]\n${piece}[next]\nkey = 4\n`,
    ],
    ['goes to the end where its section is gone', '[next]\n', `[next]\n${piece}`],
    [
      'goes to its section, not to where a setting has a bracket',
      '[own]\n[theirs]\na = [x]\n[next]\n',
      `[own]\n[theirs]\na = [x]\n${piece}[next]\n`,
    ],
    [
      'goes to its section, not to one whose name begins so',
      '[theirs]\n[theirs]2\n[next]\n',
      `[theirs]\n${piece}[theirs]2\n[next]\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(withLateAppend(text, begun, piece)).toBe(expected);
  });
});

describe('a section that was written into the file that was replaced', () => {
  const theirs = '[theirs]\nkey = 3\n';

  it.each([
    ['goes to the end where Stint changed lines before it', '[own]\n', '[ours]\n[own]\n[next]\n'],
    ['goes to the end where its file had no section', '# mine\n', '[next]\n'],
  ])('%s', (_, begun, text) => {
    expect(withLateAppend(text, begun, theirs)).toBe(text + theirs);
  });

  it('goes before what Stint added, also into an empty file', () => {
    expect(withLateAppend('[own]\n[ours]\n', '[own]\n', theirs)).toBe(`[own]\n${theirs}[ours]\n`);
    expect(withLateAppend('[ours]\n', '', theirs)).toBe(`${theirs}[ours]\n`);
  });
});

describe('a late line without a line break', () => {
  it.each([
    ['gets one before what follows', '[own]\n', '[own]\n[ours]\n', '[own]\nx = 1\n[ours]\n'],
    ['needs none at the end', '[own]\n', '[own]\n', '[own]\nx = 1'],
    ['needs none before one', '[own]\n', '[own]\n\n[ours]\n', '[own]\nx = 1\n[ours]\n'],
  ])('%s', (_, begun, text, expected) => {
    expect(withLateAppend(text, begun, 'x = 1')).toBe(expected);
  });

  it('goes to the end of a file that had no section', () => {
    expect(withLateAppend('[ours]\n', '# mine\n', 'x = 1\n')).toBe('[ours]\nx = 1\n');
  });
});
