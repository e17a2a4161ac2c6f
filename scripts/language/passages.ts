import { parseForESLint } from '@typescript-eslint/parser';

/*
 * What a person reads in a file: names, comments, strings and templates of a program; everything of
 * a page or style sheet. Offsets stay those of the file, so that a finding has its line.
 */

export interface Passage {
  readonly kind: 'name' | 'text';
  readonly text: string;
  /** Where it begins in the file, in characters. */
  readonly offset: number;
}

interface Token {
  readonly type: string;
  readonly value: string;
  readonly range: readonly [number, number];
}

const program = /\.[cm]?[jt]s$/;

export function passagesOf(path: string, source: string): readonly Passage[] {
  if (!program.test(path)) return withNames({ kind: 'text', text: prose(source), offset: 0 });
  const { ast } = parseForESLint(source, { range: true, tokens: true, comment: true });
  const tokens: readonly Token[] = ast.tokens;
  return [
    ...tokens.filter(isName).map(({ value, range }) => nameAt(value, range[0])),
    ...joined(source, tokens.filter(isPartOfText), isString),
    ...joined(source, ast.comments, () => true),
  ].flatMap(withNames);
}

/** Switched off between two marks, for pages that speak about words. */
function prose(source: string): string {
  return source.replaceAll(/<!-- language: off -->.*?<!-- language: on -->/gs, (quoted) =>
    quoted.replaceAll(/[^\n]/g, ' '),
  );
}

function isName({ type }: Token): boolean {
  return type === 'Identifier' || type === 'PrivateIdentifier' || type === 'JSXIdentifier';
}

function isString({ type }: Token): boolean {
  return type === 'String' || type === 'Template';
}

function isPartOfText(token: Token): boolean {
  return isString(token) || token.value === '+';
}

/**
 * Neighbours as one passage, so that a phrase is found across lines of a comment and across `+`.
 * What stands between the words is blanked out, at its length.
 */
function joined(
  source: string,
  tokens: readonly Token[],
  counts: (token: Token) => boolean,
): readonly Passage[] {
  const passages: Passage[] = [];
  let start: number | undefined;
  let end = 0;
  const finish = (): void => {
    if (start !== undefined) passages.push(textAt(source.slice(start, end), start));
    start = undefined;
  };
  for (const token of tokens) {
    const [from, to] = token.range;
    if (start !== undefined && source.slice(end, from).trim() !== '') finish();
    if (start === undefined && !counts(token)) continue;
    start ??= from;
    end = to;
  }
  finish();
  return passages;
}

function textAt(text: string, offset: number): Passage {
  const words = text
    .replaceAll(/['"`]\s*\+\s*['"`]/g, (seam) => ' '.repeat(seam.length))
    .replaceAll(/(^|\n)([ \t]*)(\/\*+|\*\/|\*|\/\/)/g, (lead) => lead.replaceAll(/[*/]/g, ' '));
  return { kind: 'text', text: words, offset };
}

function nameAt(text: string, offset: number): Passage {
  return { kind: 'name', text, offset };
}

/** Prose also names things: `SessionBook` in a comment, `session-book.ts` in a path. */
function withNames(passage: Passage): readonly Passage[] {
  if (passage.kind === 'name') return [passage];
  const names = passage.text.matchAll(/[A-Za-z0-9]*[a-z0-9][A-Z][A-Za-z0-9]*|\w+(?:-\w+)+/g);
  return [
    passage,
    ...Array.from(names, ({ 0: text, index }) => nameAt(text, passage.offset + index)),
  ];
}
