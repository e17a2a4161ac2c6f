import {
  headerInJavaScript,
  headerNames,
  indentInPython,
  trimInPython,
} from '../../../../models/aws-file-line.ts';
import type { AwsFileKind } from '../../delivery.ts';
import { FileSyntaxError, parseUserFile } from '../../shared/user-file/syntax-error.ts';
import { profilesOf } from './profile-header.ts';

/*
 * The shared credentials and config files, kept byte for byte: text here is latin1, one character a
 * byte, so that what is not valid UTF-8 survives too. Lines are read the way botocore
 * (configparser) and the AWS SDK for JavaScript (parseIni) do; where the two differ, what either of
 * them sees as a section is one.
 */

export type LineKind = 'blank' | 'comment' | 'header' | 'setting' | 'continuation' | 'stray';

export interface Line {
  readonly text: string;
  /** '\n', '\r\n', '\r', or '' on a last line without one. */
  readonly end: string;
  readonly kind: LineKind;
  /** Of a setting, in lower case; '' otherwise. */
  readonly key: string;
  /** Of a setting, trimmed; '' otherwise. */
  readonly value: string;
}

/** Lines `from` up to `to`, where the next section begins; `core` is after the last setting. */
export interface Section {
  /** As botocore and as JavaScript read the header: seldom two names. */
  readonly names: readonly string[];
  /** The profiles that these names mean in such a file. */
  readonly profiles: readonly string[];
  readonly from: number;
  readonly core: number;
  readonly to: number;
}

export interface AwsFile {
  readonly kind: AwsFileKind;
  readonly bom: string;
  readonly lines: readonly Line[];
  readonly sections: readonly Section[];
}

const bom = '\xef\xbb\xbf';

/** `kind`: what headers mean. Throws FileSyntaxError. */
export function parseAwsFile(text: string, kind: AwsFileKind): AwsFile {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new FileSyntaxError(
      splitLines(text.slice(0, nul)).length || 1,
      'contains a NUL byte (is the file saved as UTF-16?)',
    );
  }
  const start = text.startsWith(bom) ? bom.length : 0;
  const lines = classify(splitLines(text.slice(start)));
  return { kind, bom: text.slice(0, start), lines, sections: sectionsOf(lines, kind) };
}

/** The same for the text of `file`. Throws Problem 'file-unreadable' naming the line. */
export function parseAwsFileAt(file: string, text: string, kind: AwsFileKind): AwsFile {
  return parseUserFile(file, () => parseAwsFile(text, kind));
}

function splitLines(text: string): readonly { readonly text: string; readonly end: string }[] {
  const lines = [];
  let feed = -1;
  let carriage = -1;
  for (let from = 0; from < text.length;) {
    if (feed < from) feed = indexOrEnd(text, '\n', from);
    if (carriage < from) carriage = indexOrEnd(text, '\r', from);
    const at = Math.min(feed, carriage);
    const end = text.startsWith('\r\n', at) ? '\r\n' : text.charAt(at);
    lines.push({ text: text.slice(from, at), end });
    from = at + end.length;
  }
  return lines;
}

function indexOrEnd(text: string, character: string, from: number): number {
  const found = text.indexOf(character, from);
  return found < 0 ? text.length : found;
}

function classify(raw: readonly { readonly text: string; readonly end: string }[]): Line[] {
  let inSection = false;
  /** Indentation of the setting that a deeper line continues. */
  let settingIndent = Number.POSITIVE_INFINITY;
  return raw.map(({ text, end }, index) => {
    const line = (kind: LineKind, key = '', value = ''): Line => ({ text, end, kind, key, value });
    const trimmed = trimInPython(text);
    if (trimmed === '') return line('blank');
    if (/^[#;]/.test(trimmed)) return line('comment');
    const indent = indentInPython(text);
    const deeper = indent > settingIndent;
    if (deeper ? headerInJavaScript(text) !== undefined : headerNames(text).length > 0) {
      inSection = true;
      settingIndent = Number.POSITIVE_INFINITY;
      return line('header');
    }
    if (deeper) return line('continuation');
    const delimiter = trimmed.search(/[=:]/);
    if (trimmed.startsWith('[') && delimiter < 0) {
      throw new FileSyntaxError(index + 1, 'begins a section header without an end');
    }
    if (!inSection) throw new FileSyntaxError(index + 1, 'comes before the first section');
    settingIndent = indent;
    if (delimiter <= 0) return line('stray');
    const key = trimInPython(trimmed.slice(0, delimiter)).toLowerCase();
    return line('setting', key, trimInPython(trimmed.slice(delimiter + 1)));
  });
}

function sectionsOf(lines: readonly Line[], kind: AwsFileKind): readonly Section[] {
  const starts = lines.flatMap(({ kind }, index) => (kind === 'header' ? [index] : []));
  return starts.map((from, nth) => {
    const to = starts[nth + 1] ?? lines.length;
    let core = to;
    while (core > from + 1 && isPassive(lines[core - 1])) core -= 1;
    const names = headerNames(lines[from]?.text ?? '');
    return { names, profiles: profilesOf(names, kind), from, core, to };
  });
}

/** Blank lines and comments set nothing. */
export function isPassive(line: Line | undefined): boolean {
  return line?.kind === 'blank' || line?.kind === 'comment';
}

export function textOf(lines: readonly Line[]): string {
  let whole = '';
  for (const { text, end } of lines) whole += text + end;
  return whole;
}
