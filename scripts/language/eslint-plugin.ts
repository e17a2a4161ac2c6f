import { relative, sep } from 'node:path';
import type { ESLint, Rule } from 'eslint';
import { findIn } from './find.ts';
import { compileRules, readVocabulary } from './vocabulary.ts';

const vocabulary = readVocabulary();
const rules = compileRules(vocabulary);
const root = process.cwd();

/** Reports banned words in names, comments, strings and templates: see banned-words.json. */
const bannedWords: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Use the words of the field, in plain English' },
    messages: { banned: '“{{word}}” → {{use}}' },
    schema: [],
  },
  create(context) {
    const { sourceCode, filename } = context;
    return {
      Program() {
        const path = relative(root, filename).split(sep).join('/');
        for (const { offset, word, use } of findIn(path, sourceCode.text, rules, vocabulary)) {
          const loc = sourceCode.getLocFromIndex(offset);
          context.report({ loc, messageId: 'banned', data: { word, use } });
        }
      },
    };
  },
};

export const language: ESLint.Plugin = {
  meta: { name: 'stint-language' },
  rules: { 'banned-words': bannedWords },
};
