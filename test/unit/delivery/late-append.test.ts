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
  ])('%s', (_, text, expected) => {
    expect(withLateAppend(text, begun, piece)).toBe(expected);
  });
});

it('a late section goes to the end', () => {
  expect(withLateAppend('[next]\n', '[own]\n', '[theirs]\nkey = 3\n')).toBe(
    '[next]\n[theirs]\nkey = 3\n',
  );
});
