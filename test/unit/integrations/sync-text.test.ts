import { expect, it } from 'vitest';
import { skippedText, syncResultText as shown } from '../../../src/client/sync-text.ts';
import { syncResultText } from '../../../src/services/integrations/sync-text.ts';

const nothing = { added: 0, changed: 0, unchanged: 0, vanished: 0, skipped: [] };

it.each([
  [{}, 'nothing available'],
  [{ added: 2 }, '2 added'],
  [{ changed: 1, unchanged: 3, vanished: 4 }, '1 changed, 3 unchanged, 4 no longer available'],
  [
    { unchanged: 1, skipped: ['111122223333', '444455556666'] },
    '1 unchanged; could not list 111122223333, 444455556666',
  ],
])('%j reads as “%s” in history, window and command', (counts, text) => {
  const result = { ...nothing, ...counts };
  expect(syncResultText(result)).toBe(text);
  expect([shown(result), skippedText(result)].filter(Boolean).join('; ')).toBe(text);
});
