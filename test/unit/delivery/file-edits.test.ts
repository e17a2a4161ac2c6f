import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  endsOpen,
  lineEnding,
  reclaimLineBreak,
  removal,
  replacement,
} from '../../../src/services/delivery/aws-credentials/file/edit.ts';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  beginText,
  endText,
} from '../../../src/services/delivery/aws-credentials/file/profile-block.ts';
import { markerText } from '../../../src/services/delivery/aws-credentials/file/section.ts';

const parse = (text: string) => parseAwsFile(text, 'config');

const ours = markerText({ sessionId: 's1', lineBreak: true });
const theirs = markerText({ sessionId: 's1', lineBreak: false });
const section = (marker: string) => `[profile s]\n${marker}\nregion = x\n`;
const block = (lineBreak: boolean) => `${beginText(lineBreak)}\n${endText}\n`;

describe('edits of a file', () => {
  it('are made in the order of their lines; what is inserted comes first', () => {
    const file = parse('[a]\nx\ny\n');
    const insert = { from: 1, to: 1, text: '1\n' };
    const replace = { from: 1, to: 2, text: '2\n' };
    const last = { from: 3, to: 3, text: '3\n' };
    expect(applyEdits(file, [last, replace, insert])).toBe('[a]\n1\n2\ny\n3\n');
    expect(applyEdits(file, [insert, replace, last])).toBe('[a]\n1\n2\ny\n3\n');
  });
});

describe('the line ending of what is written', () => {
  it.each([
    ['that of the line before', '[a]\r\n[b]\n[c]\r\n', 2, '\n'],
    ['that of the first line, for the second', '[a]\r\n[b]\n', 1, '\r\n'],
    ['that of an earlier line where the one before has none', '[a]\r\n[b]\r[c]', 3, '\r\n'],
    ['that of the first line below where none is before', '[a]\r[b]\r\n[c]\n', 1, '\r\n'],
    ['\\n where there is none', '[a]', 1, '\n'],
    ['\\n where all end in \\r', '[a]\r[b]\r', 2, '\n'],
  ])('is %s', (_, text, index, ending) => {
    expect(lineEnding(parse(text), index)).toBe(ending);
  });

  it('is needed before what is appended to a file that ends in a line', () => {
    expect(['[a]', '[a]\n', '[a]\r', ''].map((text) => endsOpen(parse(text)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('removing lines', () => {
  const removed = (text: string, from: number, to: number, lineBreak: boolean) => {
    const file = parse(text);
    return applyEdits(file, removal(file, from, to, { lineBreak }));
  };

  it('removes a line break of ours before them at the end of the file only', () => {
    expect(removed('[a]\n[b]\n', 1, 2, true)).toBe('[a]');
    expect(removed('[a]\n[b]\n', 1, 2, false)).toBe('[a]\n');
    expect(removed('[a]\n[b]\n[c]\n', 1, 2, true)).toBe('[a]\n[c]\n');
    expect(removed('[b]\n', 0, 1, true)).toBe('');
  });

  it('hands the line break on to a section or a block of ours behind them', () => {
    expect(removed(`[a]\n[b]\n${section(theirs)}`, 1, 2, true)).toBe(`[a]\n${section(ours)}`);
    expect(removed(`[a]\n[b]\n${block(false)}`, 1, 2, true)).toBe(`[a]\n${block(true)}`);
    expect(removed(`[a]\n[b]\n${section(theirs)}`, 1, 2, false)).toBe(`[a]\n${section(theirs)}`);
  });
});

describe('replacing lines', () => {
  const replaced = (text: string, to: number, by: string) => {
    const file = parse(text);
    return applyEdits(file, replacement(file, 1, to, by));
  };

  it('ends the new text with a line break unless it has one or ends the file', () => {
    expect(replaced('[a]\r\n[b]\n[c]\n', 2, 'x\ny')).toBe('[a]\r\nx\ny\r\n[c]\n');
    expect(replaced('[a]\r\n[b]\n[c]\n', 2, 'x\n')).toBe('[a]\r\nx\n[c]\n');
    expect(replaced('[a]\r\n[b]\n[c]\n', 2, '')).toBe('[a]\r\n[c]\n');
    expect(replaced('[a]\r\n[b]\n', 2, 'x')).toBe('[a]\r\nx');
  });

  it('hands that line break on to what is ours behind it', () => {
    expect(replaced(`[a]\n[b]\n${section(theirs)}`, 2, 'x')).toBe(`[a]\nx\n${section(ours)}`);
    expect(replaced(`[a]\n[b]\n${block(false)}`, 2, 'x')).toBe(`[a]\nx\n${block(true)}`);
    expect(replaced(`[a]\n[b]\n${section(theirs)}`, 2, 'x\n')).toBe(`[a]\nx\n${section(theirs)}`);
  });
});

describe('giving a line break of ours back to what is removed', () => {
  const reclaimed = (text: string) => {
    const file = parse(text);
    const edits = reclaimLineBreak(file, 1);
    return edits.length === 0 ? 'nothing' : applyEdits(file, edits);
  };

  it('is noted in the section or block of ours behind it', () => {
    expect(reclaimed(`[a]\n${section(ours)}`)).toBe(`[a]\n${section(theirs)}`);
    expect(reclaimed(`[a]\n${block(true)}`)).toBe(`[a]\n${block(false)}`);
  });

  it('changes nothing where the line break is not ours, or nothing of ours follows', () => {
    expect(reclaimed(`[a]\n${section(theirs)}`)).toBe('nothing');
    expect(reclaimed(`[a]\n${block(false)}`)).toBe('nothing');
    expect(reclaimed('[a]\n[b]\n')).toBe('nothing');
    expect(reclaimed('[a]\n')).toBe('nothing');
    expect(reclaimed('[a]\nx = 1\n')).toBe('nothing');
  });
});
