import { describe, expect, it } from 'vitest';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import { FileSyntaxError } from '../../../src/services/delivery/shared/user-file/syntax-error.ts';

const parse = (text: string) => parseAwsFile(text, 'credentials');

/** What each line is, with its key and value. */
const linesOf = (text: string) =>
  parse(text).lines.map(({ kind, key, value }) => (key === '' ? kind : `${key}: ${value}`));

function refusalOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof FileSyntaxError) return `line ${error.line} ${error.message}`;
    throw error;
  }
  return '';
}

describe('a section of an AWS file', () => {
  it('reaches to the next one, its core to its last setting', () => {
    const { sections } = parse('# top\n\n[a]\nx = 1\n# note\ny = 2\n\n# about b\n[b]\n\n# end\n');
    expect(sections.map(({ from, core, to }) => [from, core, to])).toEqual([
      [2, 6, 8],
      [8, 9, 11],
    ]);
  });

  it('has no end apart from the file where it is the last one', () => {
    const { sections } = parse('[a]\nx = 1\n[b]');
    expect(sections.map(({ from, core, to }) => [from, core, to])).toEqual([
      [0, 2, 2],
      [2, 3, 3],
    ]);
  });

  it.each(['\n', '\r', '\r\n'])('may come after the blank line %j', (end) => {
    const { lines, sections } = parse(`${end}[a]${end}`);
    expect(lines.map(({ text }) => text)).toEqual(['', '[a]']);
    expect(sections.map(({ from }) => from)).toEqual([1]);
  });

  it('begins behind a setting, indented, where JavaScript reads a header', () => {
    expect(linesOf('[a]\nx = 1\n  [b]\n    y = 2\n')).toEqual(['header', 'x: 1', 'header', 'y: 2']);
    expect(parse('[a]\nx = 1\n  [b]\n').sections.map(({ names }) => names)).toEqual([['a'], ['b']]);
  });

  it('does not begin there in a line that only botocore would take for a header', () => {
    expect(linesOf('[a]\nx = 1\n  [b] note\n')).toEqual(['header', 'x: 1', 'continuation']);
    expect(linesOf('[a]\nx = 1\n[b] note\n')).toEqual(['header', 'x: 1', 'header']);
  });
});

describe('a line of an AWS file', () => {
  it.each([
    ['x=1', 'x: 1'],
    ['x:1', 'x: 1'],
    ['x=1:2', 'x: 1:2'],
    ['x:1=2', 'x: 1=2'],
    ['[x = 1', '[x: 1'],
    ['x', 'stray'],
    ['= 1', 'stray'],
    [': 1', 'stray'],
    ['=x: 1', 'stray'],
    [':x = 1', 'stray'],
    ['# x = 1', 'comment'],
    ['; x = 1', 'comment'],
    ['[x = 1]', 'header'],
  ])('%j is %j', (line, what) => {
    expect(linesOf(`[a]\n${line}\n`)).toEqual(['header', what]);
  });

  it('has a key and a value only where it is a setting', () => {
    const { lines } = parse('[h=1]\n# c = 1\nregionx\n= 1\nx = 1\n  y = 2\n');
    expect(lines.map(({ key, value }) => [key, value])).toEqual([
      ['', ''],
      ['', ''],
      ['', ''],
      ['', ''],
      ['x', '1'],
      ['', ''],
    ]);
  });
});

describe('a file that neither can read', () => {
  it.each([
    ['\0', 1],
    ['\xff\xfe[\0a\0]\0', 1],
    ['[a]\nx = \0\n', 2],
    ['[a]\n\0', 2],
    ['[a]\r\n\r\n\0', 3],
  ])('%j is refused for the NUL in its line %i', (text, line) => {
    expect(refusalOf(text)).toBe(`line ${line} contains a NUL byte (is the file saved as UTF-16?)`);
  });

  it.each([
    ['x = 1\n[a]\n', 'line 1 comes before the first section'],
    ['[a]\n\n[b\n', 'line 3 begins a section header without an end'],
  ])('%j is refused: %s', (text, why) => {
    expect(refusalOf(text)).toBe(why);
  });
});
