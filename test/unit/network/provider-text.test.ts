import { expect, it } from 'vitest';
import { cleanText } from '../../../src/services/network/provider-text.ts';

it.each([
  [' Prod ', 'Prod'],
  ['\u00a0Prod\u3000', 'Prod'],
  ['line\r\nbreak', 'line break'],
  ['bell\u0007 and C1\u0085here', 'bell  and C1 here'],
  ['\u2028line\u2029', 'line'],
  ['生产环境', '生产环境'],
  [`${'a'.repeat(127)}🚀`, 'a'.repeat(127)],
  ['a'.repeat(500), 'a'.repeat(128)],
])('keeps of %j what can be shown', (said, kept) => {
  expect(cleanText(said)).toBe(kept);
});

it.each(['', '   ', '\u0000\n', null, undefined])('%j is not a text', (said) => {
  expect(cleanText(said)).toBeUndefined();
});
