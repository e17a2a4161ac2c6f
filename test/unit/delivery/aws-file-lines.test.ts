import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits } from '../../../src/services/delivery/aws-credentials/file/edit.ts';
import { textOf } from '../../../src/services/delivery/aws-credentials/file/line.ts';
import {
  parseAwsFile,
  type AwsFile,
} from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import { settingsIn } from '../../../src/services/delivery/aws-credentials/file/section.ts';
import { FileSyntaxError } from '../../../src/services/delivery/shared/user-file/syntax-error.ts';

const piece = fc.constantFrom(
  ...['[dev]', '[a b] ; x', '  [in]', '[', ']', '=', ':', 'Key', ' ', '\t', '#', ';'],
  ...['\n', '\r\n', '\r', '\n\n', '\xc2\xa0', '\xe3\x80\x80', '\xef\xbb\xbf', '\xff', 'v'],
);
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => `[top]\n${pieces.join('')}`);

function parsed(text: string): AwsFile | undefined {
  try {
    return parseAwsFile(text, 'credentials');
  } catch (error) {
    if (!(error instanceof FileSyntaxError)) throw error;
    return undefined;
  }
}

it('the lines of any file are the file, and no edit changes no byte', () => {
  fc.assert(
    fc.property(anyText, fc.boolean(), (rest, hasBom) => {
      const text = (hasBom ? '\xef\xbb\xbf' : '') + rest;
      const file = parsed(text);
      if (file === undefined) return;
      expect(file.bom + textOf(file.lines)).toBe(text);
      expect(applyEdits(file, [])).toBe(text);
      for (const { text: line, end } of file.lines) {
        expect(line).not.toMatch(/[\r\n]/);
        expect(['\n', '\r\n', '\r', '']).toContain(end);
      }
    }),
  );
});

// A file becomes text 65,536 bytes at once.
it.each([65_533, 65_534, 65_535, 65_536, 65_537, 200_000])(
  'a line that ends at byte %i is one line, however it ends',
  (length) => {
    const long = `[top]\n${'x'.repeat(length - 6)}`;
    for (const end of ['\n', '\r\n', '\r', '\r\r\n', '\n\r', '']) {
      const text = `${long}${end}${long}\nlast`;
      const { lines } = parseAwsFile(text, 'credentials');
      expect(lines.map((line) => line.text)).toEqual(text.split(/\r\n|\n|\r/));
      expect(textOf(lines)).toBe(text);
    }
  },
);

it('edits replace their lines and no other byte', () => {
  const edit = fc.record({ from: fc.nat(12), length: fc.nat(3), text: fc.constantFrom('', 'x\n') });
  fc.assert(
    fc.property(anyText, fc.array(edit, { maxLength: 4 }), (text, wanted) => {
      const file = parsed(text);
      if (file === undefined) return;
      const count = file.lines.length;
      const edits = wanted.map(({ from, length, text: added }) => ({
        from: Math.min(from, count),
        to: Math.min(from + length, count),
        text: added,
      }));
      let expected = '';
      let next = 0;
      for (const one of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
        if (one.from < next) continue;
        expected += textOf(file.lines.slice(next, one.from)) + one.text;
        next = one.to;
      }
      expect(applyEdits(file, edits)).toBe(expected + textOf(file.lines.slice(next)));
    }),
  );
});

it('a setting is what comes before and after the first = or :, without blanks', () => {
  const file = parseAwsFile(
    '[dev]\r\nAWS_Key = a=b:c\r\nurl:http://x = y\r\ns3\xc2\xa0=\xc2\xa0\r\n    nested = 1\r\n; k = v\r\nstray\r\n',
    'credentials',
  );
  const [section] = file.sections;
  expect(section && [...settingsIn(file, section)]).toEqual([
    ['aws_key', 'a=b:c'],
    ['url', 'http://x = y'],
    ['s3', ''],
  ]);
  expect(file.lines.map(({ kind }) => kind)).toEqual([
    'header',
    'setting',
    'setting',
    'setting',
    'continuation',
    'comment',
    'stray',
  ]);
});
