import { expect, it } from 'vitest';
import { mergeWrites } from '../../../src/services/delivery/shared/user-file/merge-writes.ts';

const before = '[own]\nkey = 1\n';
const ours = '[stint]\nkey = 2\n';
const after = before + ours;
const late = '[late]\nkey = 3\n';
const next = '[next]\nkey = 4\n';

it.each([
  ['only the replaced file was written', before + late, after, before + late],
  ['both were appended to', before + late, after + next, before + late + next],
  ['the replaced file got another text', late, after + next, late + next],
  ['the new file got another text', before + late, next, next + late],
  ['both got another text: the newer counts', late, next, next],
  ['the new file is gone', before + late, undefined, before + late],
  ['an addition has no last line break', `${before}x = 1`, after + next, `${before}x = 1\n${next}`],
])('%s', (_, text, now, merged) => {
  expect(mergeWrites({ before, after, late: text, now }, true)).toBe(merged);
});

it('a file that nobody appends to is whole: the newer of two counts', () => {
  expect(mergeWrites({ before, after, late: before + late, now: after + next }, false)).toBe(
    after + next,
  );
});
