import { trimInPython } from '../../../../models/aws-file-line.ts';

export type LineKind = 'blank' | 'comment' | 'header' | 'setting' | 'continuation' | 'stray';

/** A line of an AWS file, in latin1. Its setting is read when it is asked for: few of a file ever are. */
export class Line {
  readonly text: string;
  /** '\n', '\r\n', '\r', or '' on a last line without one. */
  readonly end: string;
  readonly kind: LineKind;

  constructor(text: string, end: string, kind: LineKind) {
    this.text = text;
    this.end = end;
    this.kind = kind;
  }

  /** Of a setting, in lower case; '' otherwise. */
  get key(): string {
    if (this.kind !== 'setting') return '';
    return trimInPython(this.text.slice(0, delimiterIn(this.text))).toLowerCase();
  }

  /** Of a setting, trimmed; '' otherwise. */
  get value(): string {
    return this.kind === 'setting' ? trimInPython(this.text.slice(delimiterIn(this.text) + 1)) : '';
  }
}

/** The index of the first `=` or `:`; -1 without one. */
export function delimiterIn(text: string): number {
  const equals = text.indexOf('=');
  const colon = text.indexOf(':');
  return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
}

/** Blank lines and comments set nothing. */
export function isPassive(line: Line | undefined): boolean {
  return line?.kind === 'blank' || line?.kind === 'comment';
}

export function textOf(lines: readonly Pick<Line, 'text' | 'end'>[]): string {
  let whole = '';
  for (const { text, end } of lines) whole += text + end;
  return whole;
}
