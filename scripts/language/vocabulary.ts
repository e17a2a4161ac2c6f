import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import * as z from 'zod';

/*
 * The committed list of words and phrases that Stint does not use (`banned-words.json`), compiled to
 * matchers. CONTRIBUTING.md ("Writing") says how to add one.
 */

const wordSchema = z.strictObject({
  /** What to write instead. */
  use: z.string().min(1),
  why: z.string().optional(),
  /** Phrases in lower case; inflections are listed one by one. */
  words: z.array(z.string().regex(/^[a-z-]+( [a-z-]+)*$/)).optional(),
  /** A regular expression for text alone, with the name it is reported and counted under. */
  pattern: z.string().optional(),
  name: z.string().optional(),
  /** `whole-identifiers` means a name that is nothing but the word, such as `look`. */
  only: z.enum(['text', 'identifiers', 'whole-identifiers']).optional(),
  /** Longer phrases or names in which the word is fine. */
  allow: z.array(z.string()).optional(),
});

const exceptionSchema = z.strictObject({
  /** Globs from the root of the repository. */
  files: z.array(z.string()),
  /** The words allowed there; left empty, all. */
  words: z.array(z.string()),
  reason: z.string().min(1),
});

export const vocabularySchema = z.strictObject({
  comment: z.string(),
  words: z.array(wordSchema),
  exceptions: z.array(exceptionSchema),
});

export type Vocabulary = z.infer<typeof vocabularySchema>;

/** One phrase, ready to be looked for. */
export interface Rule {
  /** The phrase as it is listed: what findings name. */
  readonly word: string;
  readonly use: string;
  readonly why: string | undefined;
  /** For prose, with the flags `gi`; undefined where it counts in names alone. */
  readonly text: RegExp | undefined;
  /** The words of a name in a row; undefined where it counts in prose alone. */
  readonly name: readonly string[] | undefined;
  readonly wholeName: boolean;
  /** A part in lower case that every match holds; empty where there is none. */
  readonly hint: string;
  readonly allowedText: readonly RegExp[];
  readonly allowedNames: readonly (readonly string[])[];
}

export function readVocabulary(): Vocabulary {
  const file = join(import.meta.dirname, 'banned-words.json');
  return vocabularySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function compileRules(vocabulary: Vocabulary): readonly Rule[] {
  return vocabulary.words.flatMap(({ use, why, words, pattern, name, only, allow = [] }) => {
    const shared = {
      use,
      why,
      wholeName: only === 'whole-identifiers',
      allowedText: allow.map((phrase) => new RegExp(inProse(phrase), 'gi')),
      allowedNames: allow.map((phrase) => wordsOfName(phrase)),
    };
    const phrases = (words ?? []).map((word) => ({
      ...shared,
      word,
      hint: longest(word.split(/[ -]/)),
      text: only === undefined || only === 'text' ? new RegExp(inProse(word), 'gi') : undefined,
      name: only === 'text' ? undefined : word.split(/[ -]/),
    }));
    if (pattern === undefined) return phrases;
    const spaced = pattern.replaceAll(' ', String.raw`\s+`);
    return [
      ...phrases,
      {
        ...shared,
        word: name ?? pattern,
        hint: '',
        text: new RegExp(spaced, 'gi'),
        name: undefined,
      },
    ];
  });
}

/** Whether the list allows this word in this file (a path from the root, with `/`). */
export function isException(vocabulary: Vocabulary, path: string, word: string): boolean {
  return vocabulary.exceptions.some(
    ({ files, words }) =>
      (words.length === 0 || words.includes(word)) &&
      files.some((pattern) => matchesGlob(path, pattern)),
  );
}

/** `LeaseToken`, `lease-token`, `LEASE_TOKEN` → `lease`, `token`. */
export function wordsOfName(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function longest(words: readonly string[]): string {
  return words.reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** A phrase as whole words, across line ends. */
function inProse(phrase: string): string {
  return String.raw`(?<![\w-])${phrase.split(' ').join(String.raw`\s+`)}(?!\w|-(?!\s))`;
}
