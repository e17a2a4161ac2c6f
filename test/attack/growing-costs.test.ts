import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseAwsFile } from '../../src/services/delivery/aws-credentials/file/parse.ts';
import { headerNames, trimInPython } from '../../src/models/aws-file-line.ts';
import { createRedactor } from '../../src/services/log/redact.ts';
import { messageOf } from '../../src/services/network/sdk-error.ts';
import { processorTime } from '../support/processor-time.ts';

/* Texts that once took minutes. The limits are far above what they take now, for a busy machine. */

describe('a line of an AWS file with 1 MB of blanks', () => {
  it.each([
    ['at its end', `[default]${' '.repeat(1e6)}x${' \t'.repeat(5e5)}`],
    ['between two words', `a${' '.repeat(1e6)}b`],
    ['of two bytes', `a${'\xc2\xa0'.repeat(5e5)}b`],
  ])('%s is read at once', (_, line) => {
    expect(processorTime(() => trimInPython(line))).toBeLessThan(2_000);
    expect(processorTime(() => headerNames(line))).toBeLessThan(2_000);
    expect(processorTime(() => parseAwsFile(`[a]\n${line}\n`, 'config'))).toBeLessThan(5_000);
  });
});

describe('the log', () => {
  const begin = 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJ';
  const tokens = Array.from({ length: 4_000 }, () => begin + randomBytes(300).toString('base64'));
  const redactor = createRedactor();
  for (const token of tokens) redactor.hide(token);

  it('knows every one of 4,000 tokens that begin alike', () => {
    for (const token of [tokens[0], tokens[1_999], tokens[3_999]]) {
      expect(redactor.redact(`before ${token} after`)).toBe('before [redacted] after');
    }
  });

  it('takes as long for 4,000 as for one, also for lines made to be slow', () => {
    const one = createRedactor();
    one.hide(tokens[0] ?? '');
    const lines = [
      begin.repeat(200),
      `-${'eyJ-'.repeat(2_400)}`,
      'IQoJ'.repeat(2_400),
      '%2F'.repeat(3_300),
    ];
    for (const line of lines) {
      const few = processorTime(() => one.redact(line));
      expect(processorTime(() => redactor.redact(line))).toBeLessThan(10 * few + 250);
    }
  });

  it('keeps 10,000 characters of a text, and hides a 5 MB token at once', () => {
    const huge = 'x'.repeat(5e6);
    redactor.hide(huge);
    expect(processorTime(() => redactor.redact('nothing of it'))).toBeLessThan(250);
    const long = String(redactor.redact(`a ${'b '.repeat(1e6)}`));
    expect(long.length).toBeLessThan(10_100);
    expect(long).toContain('(2000002 characters)');
  });
});

it('of what a server says no more is read than is shown', () => {
  const said = [`${' '.repeat(1e6)}x`, `Value '`.repeat(2e5), '\n'.repeat(1e6)];
  for (const text of said) {
    expect(processorTime(() => messageOf(new Error(text)))).toBeLessThan(1_000);
  }
  expect(messageOf(new Error(`Value 'secret${'x'.repeat(2e4)}' at 'tokenCode'`))).not.toContain(
    'secret',
  );
});
