import { passagesOf, type Passage } from './passages.ts';
import { isException, wordsOfName, type Rule, type Vocabulary } from './vocabulary.ts';

export interface Finding {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /** Counted from 1; 0 for the path itself. */
  readonly line: number;
  /** Where it begins in the file, in characters. */
  readonly offset: number;
  readonly word: string;
  readonly use: string;
  readonly why: string | undefined;
}

/** Every banned word in a file and in its path. */
export function findIn(
  path: string,
  source: string,
  rules: readonly Rule[],
  vocabulary: Vocabulary,
): readonly Finding[] {
  const own = rules.filter(({ word }) => !isException(vocabulary, path, word));
  const inPath = own.filter((rule) => isInName(path.replace(/\.\w+$/, ''), rule));
  const inFile = passagesOf(path, source).flatMap((passage) =>
    rulesFor(passage, own).flatMap((rule) =>
      offsetsIn(passage, rule).map((offset) => ({ rule, offset: passage.offset + offset })),
    ),
  );
  const once = new Map(inFile.map((hit) => [`${hit.rule.word}\n${String(hit.offset)}`, hit]));
  return [
    ...inPath.map((rule) => finding(path, 0, 0, rule)),
    ...[...once.values()]
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ rule, offset }) =>
        finding(path, source.slice(0, offset).split('\n').length, offset, rule),
      ),
  ];
}

function finding(path: string, line: number, offset: number, rule: Rule): Finding {
  return { path, line, offset, word: rule.word, use: rule.use, why: rule.why };
}

/** Those that can match, found by their longest words first: most passages hold none. */
function rulesFor({ text }: Passage, rules: readonly Rule[]): readonly Rule[] {
  const lower = text.toLowerCase();
  return rules.filter(({ hint }) => lower.includes(hint));
}

function offsetsIn({ kind, text }: Passage, rule: Rule): readonly number[] {
  if (kind === 'name') return isInName(text, rule) ? [0] : [];
  if (rule.text === undefined) return [];
  const allowed = rule.allowedText.flatMap((pattern) => Array.from(text.matchAll(pattern), span));
  return Array.from(text.matchAll(rule.text), span)
    .filter(([from, to]) => !allowed.some(([start, end]) => start <= from && to <= end))
    .map(([from]) => from);
}

function span(match: RegExpExecArray): readonly [number, number] {
  return [match.index, match.index + match[0].length];
}

function isInName(text: string, { name, wholeName, allowedNames }: Rule): boolean {
  if (name === undefined) return false;
  const words = wordsOfName(text);
  if (wholeName) return words.join(' ') === name.join(' ');
  const rest = allowedNames.reduce(without, words.join(' '));
  return ` ${rest} `.includes(` ${name.join(' ')} `);
}

function without(words: string, allowed: readonly string[]): string {
  return ` ${words} `.replaceAll(` ${allowed.join(' ')} `, ' · ').trim();
}
