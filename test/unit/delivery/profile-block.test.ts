import { describe, expect, it } from 'vitest';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  beginText,
  blockOf,
  endText,
  isInUse,
  strayComments,
} from '../../../src/services/delivery/aws-credentials/file/profile-block.ts';

const parse = (...lines: readonly string[]) => parseAwsFile(`${lines.join('\n')}\n`, 'config');

const begin = beginText(false);
const published = '# Stint profile of session s1: stint profile unpublish removes it';

describe('the block of published profiles', () => {
  it('is between its two comments', () => {
    const file = parse('[a]', begin, '[profile x]', endText, '[b]');
    expect(blockOf(file)).toEqual({ begin: 1, end: 3, lineBreak: false });
  });

  it('tells whether the line break before it is ours', () => {
    const file = parse('[a]', beginText(true), endText);
    expect(blockOf(file)).toEqual({ begin: 1, end: 2, lineBreak: true });
  });

  it('may end in a comment to which somebody added words', () => {
    expect(blockOf(parse('[a]', begin, `${endText} (do not edit)`))?.end).toBe(2);
    expect(blockOf(parse('[a]', begin, `# not: ${endText}`))).toBeUndefined();
  });

  it('is the first that begins, and ends behind its beginning', () => {
    const file = parse('[a]', endText, begin, '[profile x]', endText, begin, endText);
    expect(blockOf(file)).toEqual({ begin: 2, end: 4, lineBreak: false });
  });

  it('is none without one of its comments', () => {
    expect(blockOf(parse('[a]', begin))).toBeUndefined();
    expect(blockOf(parse('[a]', endText))).toBeUndefined();
    expect(blockOf(parse('[a]', endText, begin))).toBeUndefined();
    expect(blockOf(parse('[a]'))).toBeUndefined();
  });
});

describe('comments left of a block', () => {
  it('are those without the other one', () => {
    expect(strayComments(parse('[a]', begin, '# note'))).toEqual([1]);
    expect(strayComments(parse('[a]', '# note', endText))).toEqual([2]);
    expect(strayComments(parse('[a]', endText, begin))).toEqual([1, 2]);
  });

  it('are those outside the first block and in it', () => {
    expect(strayComments(parse('[a]', endText, begin, begin, endText, endText))).toEqual([1, 3, 5]);
  });

  it('are none in a whole block, or where there is none', () => {
    expect(strayComments(parse('[a]', begin, endText))).toEqual([]);
    expect(strayComments(parse('[a]', '# note'))).toEqual([]);
  });
});

describe('a block is in use', () => {
  const inUse = (...lines: readonly string[]) => {
    const file = parse(...lines);
    const block = blockOf(file);
    return block && isInUse(file, block);
  };

  it('while a published profile is in it', () => {
    expect(inUse('[a]', begin, '[profile x]', published, endText)).toBe(true);
  });

  it('not with a published profile before or behind it only', () => {
    expect(inUse('[profile x]', published, begin, endText)).toBe(false);
    expect(inUse('[a]', begin, endText, '[profile x]', published)).toBe(false);
  });

  it('not with a section of the user or of an active session in it only', () => {
    expect(inUse('[a]', begin, '[profile x]', endText)).toBe(false);
    expect(inUse('[a]', begin, '[profile x]', '# Stint session s1: removed', endText)).toBe(false);
  });
});
