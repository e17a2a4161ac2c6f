import { expect, it } from 'vitest';
import { syncWords } from '../../../src/models/sync-words.ts';

const nothing = { added: 0, changed: 0, unchanged: 0, vanished: 0, skipped: [] };

it.each([
  [{}, 'nothing is offered'],
  [{ added: 2 }, '2 added'],
  [{ changed: 1, unchanged: 3, vanished: 4 }, '1 changed, 3 as they were, 4 offered no more'],
  [
    { unchanged: 1, skipped: ['111122223333', '444455556666'] },
    '1 as they were; nothing is told of 111122223333, 444455556666 yet',
  ],
])('%j is told as what is not nothing', (result, words) => {
  expect(syncWords({ ...nothing, ...result })).toBe(words);
});
