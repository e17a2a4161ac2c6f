import fc from 'fast-check';

interface Edit {
  readonly kind: 'cut' | 'drop' | 'insert' | 'repeat' | 'swap';
  readonly at: number;
  readonly length: number;
  readonly token: string;
}

/** Where formats differ from what people think of them. */
const oddities = [
  ...['', ' ', '\n', '\r\n', '\r', '\t', '\0', '\ufeff', '\u2028', '\u00a0', '\ud800', '💥'],
  ...['"', "'", '\\', '{', '}', '[', ']', '<', '>', ':', '=', '#', '&', '*', '!', '|', '%', ','],
  ...['null', 'true', '0', '-1', '1e999', 'NaN', '[]', '{}', '""', '__proto__', 'constructor'],
  ...['../../../etc/passwd', 'file:///x', 'javascript:alert(1)', '<!--', '-->', ']]>', '&#0;'],
];

/** `text` with some edits as accidents and enemies make them; itself now and then. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const edit = fc.record<Edit>({
    kind: fc.constantFrom('cut', 'drop', 'drop', 'insert', 'insert', 'insert', 'repeat', 'swap'),
    at: fc.nat({ max: text.length }),
    length: fc.nat({ max: 40 }),
    token: fc.oneof(
      fc.constantFrom(...oddities),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.nat({ max: text.length }).map((from) => text.slice(from, from + 20)),
    ),
  });
  return fc.array(edit, { maxLength: 5 }).map((edits) => edits.reduce(edited, text));
}

function edited(text: string, { kind, at, length, token }: Edit): string {
  const before = text.slice(0, at);
  const part = text.slice(at, at + length);
  const after = text.slice(at + length);
  switch (kind) {
    case 'cut':
      return before;
    case 'drop':
      return before + after;
    case 'insert':
      return before + token + part + after;
    case 'repeat':
      return before + part + part + after;
    case 'swap':
      return before + token + after;
  }
}
