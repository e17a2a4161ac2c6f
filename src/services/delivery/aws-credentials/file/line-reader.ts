import {
  headerInJavaScript,
  headerNames,
  indentInPython,
  trimInPython,
} from '../../../../models/aws-file-line.ts';
import { FileSyntaxError } from '../../shared/user-file/syntax-error.ts';
import { delimiterIn, Line, type LineKind } from './line.ts';

/** Of a section: the index of the line, and the names it gives. */
export interface Header {
  readonly index: number;
  readonly names: readonly string[];
}

/**
 * The lines of a file, in latin1, and which of them begin a section. Throws FileSyntaxError. Each line is
 * looked at once: a generated file has thousands of them, and a delivery waits for it.
 */
export function readLines(bytes: Buffer): {
  readonly lines: readonly Line[];
  readonly headers: readonly Header[];
} {
  const reader = new LineReader();
  eachLine(bytes, (line, end) => reader.add(line, end));
  return reader;
}

/** Tells each line from the ones before it. */
class LineReader {
  readonly lines: Line[] = [];
  readonly headers: Header[] = [];
  /** Indentation of the setting that a deeper line continues. */
  #settingIndent = Number.POSITIVE_INFINITY;

  add(text: string, end: string): void {
    this.lines.push(new Line(text, end, this.#kindOf(text)));
  }

  #kindOf(text: string): LineKind {
    const trimmed = trimInPython(text);
    if (trimmed === '') return 'blank';
    const first = trimmed.charAt(0);
    if (first === '#' || first === ';') return 'comment';
    const indent = indentInPython(text);
    const deeper = indent > this.#settingIndent;
    if (this.#isHeader(text, deeper)) return 'header';
    if (deeper) return 'continuation';
    const delimiter = delimiterIn(trimmed);
    const line = this.lines.length + 1;
    if (first === '[' && delimiter < 0) {
      throw new FileSyntaxError(line, 'begins a section header without an end');
    }
    if (this.headers.length === 0)
      throw new FileSyntaxError(line, 'comes before the first section');
    this.#settingIndent = indent;
    return delimiter <= 0 ? 'stray' : 'setting';
  }

  /** What continues a setting in Python can be a header in JavaScript. */
  #isHeader(text: string, deeper: boolean): boolean {
    if (deeper && headerInJavaScript(text) === undefined) return false;
    const names = headerNames(text);
    if (names.length === 0) return false;
    this.headers.push({ index: this.lines.length, names });
    this.#settingIndent = Number.POSITIVE_INFINITY;
    return true;
  }
}

/** How many lines there are. */
export function countLines(bytes: Buffer): number {
  let count = 0;
  eachLine(bytes, () => (count += 1));
  return count;
}

/** Bytes that become a text at once: V8 takes new memory from the system for one of more than 128 kB. */
const pieceLength = 65_536;

const feed = 0x0a;

function eachLine(bytes: Buffer, take: (line: string, end: string) => void): void {
  for (let from = 0; from < bytes.length;) {
    const to = endOfPiece(bytes, from);
    eachLineOf(bytes.toString('latin1', from, to), take);
    from = to;
  }
}

/** After a line feed, unless the file ends without one. */
function endOfPiece(bytes: Buffer, from: number): number {
  if (bytes.length <= from + pieceLength) return bytes.length;
  const last = bytes.lastIndexOf(feed, from + pieceLength);
  if (last >= from) return last + 1;
  const next = bytes.indexOf(feed, from + pieceLength);
  return next < 0 ? bytes.length : next + 1;
}

function eachLineOf(text: string, take: (line: string, end: string) => void): void {
  let newline = -1;
  let carriage = -1;
  for (let from = 0; from < text.length;) {
    if (newline < from) newline = indexOrEnd(text, '\n', from);
    if (carriage < from) carriage = indexOrEnd(text, '\r', from);
    const at = Math.min(newline, carriage);
    const end = text.startsWith('\r\n', at) ? '\r\n' : text.charAt(at);
    take(text.slice(from, at), end);
    from = at + end.length;
  }
}

function indexOrEnd(text: string, character: string, from: number): number {
  const found = text.indexOf(character, from);
  return found < 0 ? text.length : found;
}
