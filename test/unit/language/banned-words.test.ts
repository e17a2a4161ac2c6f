import { describe, expect, it } from 'vitest';
import { findIn } from '../../../scripts/language/find.ts';
import { compileRules, readVocabulary } from '../../../scripts/language/vocabulary.ts';

const vocabulary = readVocabulary();
const rules = compileRules(vocabulary);

/** Each finding as `line word`. */
function found(path: string, source: string): readonly string[] {
  return findIn(path, source, rules, vocabulary).map(({ line, word }) => `${String(line)} ${word}`);
}

describe('a banned word is found', () => {
  it.each([
    ['in the name of a class', 'class SessionBook {}', ['1 book']],
    ['in a private member', 'class A { #inForce = 1 }', ['1 in force']],
    ['in a property', "const a = { 'x': knobs.delay };", ['1 knobs']],
    ['in a string', "say('What you left out');", ['1 left out']],
    ['in the text of a template', 'say(`${n} is no time`);', ['1 is no …']],
    ['in the name of an imported file', "import './lease-book.ts';", ['1 book']],
    ['in a line comment', '// Mend it.\nconst a = 1;', ['1 mend']],
    ['in a name that a comment uses', '/** Like OneAtATime. */', ['1 one at a time']],
    [
      'across two lines of a doc comment',
      '/**\n * May\n * be had.\n */',
      ['2 may be had', '3 be had'],
    ],
    ['across two line comments', '// It goes\n// on.\nconst a = 1;', ['1 goes on']],
    ['across two parts of a string', "say('was left ' +\n  'out');", ['1 left out']],
  ])('%s', (_, source, expected) => {
    expect(found('src/a.ts', source)).toEqual(expected);
  });

  it('in a page, a template and a style sheet', () => {
    expect(found('docs/a.md', 'One\n\nThe way in.')).toEqual(['3 way in']);
    expect(found('src/app/a.html', '<p title="Mend">{{ seatName }}</p>')).toEqual([
      '1 mend',
      '1 seat',
    ]);
    expect(found('src/app/a.css', '.prompt-desk { color: red }')).toEqual(['1 desk']);
  });

  it('in the path of a file', () => {
    expect(found('src/services/vault-shelf.ts', '')).toEqual(['0 shelf']);
  });

  it('with the word to use and why', () => {
    expect(findIn('src/a.ts', 'const desk = 1;', rules, vocabulary)).toEqual([
      {
        path: 'src/a.ts',
        line: 1,
        offset: 6,
        word: 'desk',
        use: 'service',
        why: 'The field has a word for it.',
      },
    ]);
  });
});

describe('no word is found', () => {
  it.each([
    ['in a longer word', 'const bookmark = settings.seatbelt; // spotless, placeholder, misplaced'],
    ['where the name of a platform holds it', 'await Promise.allSettled(work);'],
    ['where a longer phrase is fine', '/** The life cycle. A way in which it works: in place. */'],
    ['where only the whole name is banned', 'lookUp(); tellApart();'],
    ['where a sentence says there is none', '// There is no session. There is no longer one.'],
    ['in a regular expression', 'const a = /mend|book/;'],
  ])('%s', (_, source) => {
    expect(found('src/a.ts', source)).toEqual([]);
  });

  it('in a part of a page that speaks about words', () => {
    const page = 'Fine.\n<!-- language: off -->\nShall\n<!-- language: on -->\nshall';
    expect(found('docs/a.md', page)).toEqual(['5 shall']);
  });

  it('where the list makes an exception for the file', () => {
    const exceptions = [{ files: ['src/disk/**'], words: ['put aside'], reason: 'name on disk' }];
    const source = 'const row = { putAside: shelf };';
    const words = (path: string): readonly string[] =>
      findIn(path, source, rules, { ...vocabulary, exceptions }).map(({ word }) => word);
    expect(words('src/disk/journal.ts')).toEqual(['shelf']);
    expect(words('src/other.ts')).toEqual(['put aside', 'shelf']);
  });
});

it('lists each word once', () => {
  const words = rules.map(({ word }) => word);
  expect(words).toEqual([...new Set(words)]);
});
