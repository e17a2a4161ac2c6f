/** A text with its escapes resolved; character `at` of it was written from `starts[at]` to `ends[at]`. */
export interface Decoded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Of JSON (RFC 8259 §7), URLs (RFC 3986 §2.1), HTML and XML, in any case. */
const escapes =
  /\\u([0-9a-f]{4})|\\(["\\/bfnrt])|((?:%[0-9a-f]{2})+)|&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi;

const inJson: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** JSON in JSON in a URL is as deep as texts are written in texts. */
const deepest = 3;

/** The text as it reads once its escapes are resolved, once, twice and so on while there are any. */
export function decodings(text: string): readonly Decoded[] {
  const all: Decoded[] = [];
  let last: Decoded | undefined;
  while (all.length < deepest) {
    const next = decodeOnce(last?.text ?? text, last);
    if (next === undefined) break;
    all.push(next);
    last = next;
  }
  return all;
}

function decodeOnce(text: string, before: Decoded | undefined): Decoded | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  const add = (part: string, from: number, to: number, isEscape: boolean) => {
    parts.push(part);
    for (let at = 0; at < part.length; at += 1) {
      const [first, last] = isEscape ? [from, to - 1] : [from + at, from + at];
      starts.push(before?.starts[first] ?? first);
      ends.push(before?.ends[last] ?? last + 1);
    }
  };
  let from = 0;
  for (const match of text.matchAll(escapes)) {
    const end = match.index + match[0].length;
    add(text.slice(from, match.index), from, match.index, false);
    add(meaningOf(match), match.index, end, true);
    from = end;
  }
  if (from === 0) return undefined;
  add(text.slice(from), from, text.length, false);
  return { text: parts.join(''), starts, ends };
}

function meaningOf([whole, unicode, json, bytes, hex, decimal, name]: RegExpExecArray): string {
  if (json !== undefined) return inJson[json] ?? json;
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  if (bytes !== undefined) return Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8');
  const code = decimal === undefined ? parseInt(unicode ?? hex ?? '', 16) : Number(decimal);
  if (unicode !== undefined) return String.fromCharCode(code);
  return code > 0x10ffff ? whole : String.fromCodePoint(code);
}
