/*
 * How botocore (configparser) and the AWS SDK for JavaScript (parseIni) read a line of an AWS file, for text in latin1 (one character a
 * byte of UTF-8). Programs strip Unicode blanks too: a no-break space typed on a Mac, or the wide
 * space of a Japanese keyboard, before `[name]` leaves a header that they read.
 */

const common = String.raw`[\t\v\f ]|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80`;

/** Python's `str.isspace`, of the characters that do not end a line. */
const inPython = String.raw`${common}|[\x1c-\x1f]|\xc2\x85`;

/** ECMAScript's WhiteSpace and LineTerminator, which `trim` and `\s` share, as a pattern. */
export const blankInJavaScript = String.raw`${common}|\xef\xbb\xbf`;

const python = { start: new RegExp(`^(?:${inPython})+`), last: new RegExp(`(?:${inPython})$`) };
const pythonBlank = new RegExp(inPython, 'g');
const javaScript = {
  start: new RegExp(`^(?:${blankInJavaScript})+`),
  last: new RegExp(`(?:${blankInJavaScript})$`),
  comment: new RegExp(`(?:^|${blankInJavaScript})[;#]`),
};

/** Bytes of the longest blank. */
const longestBlank = 3;

/** Whether the character is printable ASCII but no blank: no blank has one of these bytes. */
function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/**
 * Without the blanks at the end, looked for from there: a pattern of many blanks before an end would be
 * tried again from each blank of a line, however many there are. Nearly all lines end in ASCII, which
 * needs no pattern.
 */
function withoutLast(line: string, last: RegExp): string {
  let end = line.length;
  for (;;) {
    const code = line.charCodeAt(end - 1);
    if (isPlain(code)) return line.slice(0, end);
    if (code === 0x20 || code === 0x09) {
      end -= 1;
      continue;
    }
    const found = last.exec(line.slice(Math.max(0, end - longestBlank), end));
    if (found === null) return line.slice(0, end);
    end -= found[0].length;
  }
}

function withoutFirst(line: string, start: RegExp): string {
  return isPlain(line.charCodeAt(0)) ? line : line.replace(start, '');
}

/** As Python's `str.strip`. */
export function trimInPython(line: string): string {
  return withoutLast(withoutFirst(line, python.start), python.last);
}

/** The blanks before the text, in characters, as configparser compares lines. */
export function indentInPython(line: string): number {
  if (isPlain(line.charCodeAt(0))) return 0;
  return python.start.exec(line)?.[0].match(pythonBlank)?.length ?? 0;
}

/** As the AWS SDK for JavaScript reads a line (@smithy/core, parseIni): without comment and blanks. */
function trimInJavaScript(line: string): string {
  const comment = javaScript.comment.exec(line)?.index ?? line.length;
  return withoutLast(withoutFirst(line.slice(0, comment), javaScript.start), javaScript.last);
}

/** A header that everybody reads in the same way. */
const plainHeader = /^\[([ !"$-:<-~]+)\]$/;

/** The names a header line gives its section, as either reads it; none where it is not a header. */
export function headerNames(line: string): readonly string[] {
  if (!line.includes('[')) return [];
  const plain = plainHeader.exec(line)?.[1];
  if (plain !== undefined) return [plain];
  const names = [headerInPython(trimInPython(line)), headerInJavaScript(line)];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** configparser takes what follows the last bracket for a comment; `trimmed` is without blanks. */
export function headerInPython(trimmed: string): string | undefined {
  return /^\[(.+)\]/.exec(trimmed)?.[1];
}

/** JavaScript cuts comments off first and wants the bracket at the end of what is left. */
export function headerInJavaScript(line: string): string | undefined {
  if (!line.includes('[')) return undefined;
  return /^\[(.+)\]$/.exec(trimInJavaScript(line))?.[1];
}
