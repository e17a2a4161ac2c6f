import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertChild, removeChild } from '../../../src/services/delivery/shared/json/insert.ts';
import { valueOf } from '../../../src/services/delivery/shared/json/node.ts';
import { parseJson, textOf } from '../../../src/services/delivery/shared/json/parse.ts';
import {
  compactNode,
  pythonOneLine,
  renderMember,
  renderValue,
  styleOf,
} from '../../../src/services/delivery/shared/json/style.ts';

/** JSON text as tools and people leave it: any white space, repeated names, numbers of any size. */
const space = fc.constantFrom('', '', ' ', '\n', '\r\n  ', '\t', ' \n\n\t');
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '123456789012345678901234567890',
    '-0.0e-7',
    '1E400',
    'NaN',
    '-Infinity',
    '"NaN \\" Infinity"',
    '"\\u00e4\\/"',
    'true',
    'null',
  ),
);
const key = fc.constantFrom('"a"', '"a"', '"subscriptions"', '"\\u0061"', '""');
const { node: anyText } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc
      .array(fc.tuple(space, tie('node'), space), { maxLength: 4 })
      .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
    fc
      .array(fc.tuple(space, key, space, space, tie('node'), space), { maxLength: 4 })
      .map(
        (members) =>
          `{${members.map(([a, name, b, c, value, d]) => `${a}${name}${b}:${c}${value}${d}`).join(',')}}`,
      ),
  ),
}));

const written = (text: string) => {
  const { lead, root, tail } = parseJson(text);
  return lead + textOf(root) + tail;
};

describe('the tree of a JSON text', () => {
  it('writes out character for character what was parsed', () => {
    fc.assert(
      fc.property(space, anyText, space, (before, text, after) => {
        expect(written(before + text + after)).toBe(before + text + after);
      }),
      { numRuns: 500 },
    );
  });

  it('has the values that JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2);
        expect(valueOf(parseJson(text).root)).toEqual(JSON.parse(text));
        expect(JSON.parse(textOf(renderValue(value, pythonOneLine, '')))).toEqual(JSON.parse(text));
        expect(textOf(compactNode(value))).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('is the same after a child is added anywhere and removed again', () => {
    fc.assert(
      fc.property(anyText, fc.nat(5), (text, at) => {
        const { root } = parseJson(text);
        if (root.kind === 'scalar') return;
        const index = Math.min(at, root.children.length);
        const style = styleOf(root, pythonOneLine);
        const added = insertChild(root, index, { style, base: '' }, () =>
          root.kind === 'array'
            ? { key: '', label: '', node: compactNode({ x: 1 }) }
            : renderMember('new', compactNode([]), style),
        );
        expect(written(textOf(added))).toBe(textOf(added));
        expect(textOf(removeChild(added, index))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['has no name in double quotes (column 9)', 1, '{"a": 1,}'],
    ['has no colon after a name (column 7)', 2, '{\n  "a" 1\n}'],
    ['has no comma before a value (column 4)', 1, '[1 2]'],
    ['has an array without its "]" (column 2)', 2, '[1,\n2'],
    ['has an object without its "}" (column 8)', 1, '{"a": 1'],
    ['has a comment, which JSON does not allow (column 1)', 1, '// note\n{}'],
    ['has a string in double quotes without an end (column 7)', 1, '{"a": "x'],
    ['has a string with an unknown escape (column 7)', 1, '{"a": "\\q"}'],
    ['has a string with a line break or another control character', 1, '{"a": "\u0001"}'],
    ['has a character that JSON does not allow (column 5)', 1, '[1] x'],
    ['continues after the end of the JSON (column 5)', 1, '[1] [2]'],
    ['has an incomplete number (column 2)', 1, '[1.]'],
    ['has a character that JSON does not allow (column 2)', 1, "{'a': 1}"],
    ['has no value (column 2)', 1, ' '],
    ['nests too deeply', 1, `${'['.repeat(250)}${']'.repeat(250)}`],
    ['nests too deeply', 1, '['.repeat(500_000)],
  ])('refuses a text that %s', (complaint, line, text) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({
        line,
        message: expect.stringContaining(complaint) as string,
      }) as Error,
    );
  });
});
