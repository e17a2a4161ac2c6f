import { Linter } from 'eslint';
import { expect, it } from 'vitest';
import { language } from '../../../scripts/language/eslint-plugin.ts';

it('the lint rule reports a banned word where it is, with the word to use', () => {
  const linter = new Linter({ cwd: process.cwd() });
  const config: Linter.Config = {
    files: ['**/*.js'],
    plugins: { stint: language },
    rules: { 'stint/banned-words': 'error' },
  };
  const found = linter.verify('const a = 1;\n// It may be mended.\n', config, 'src/a.js');
  expect(found.map(({ line, column, message }) => [line, column, message])).toEqual([
    [2, 14, '“mended” → fix'],
  ]);
  expect(linter.verify('const repository = 1;\n', config, 'src/a.js')).toEqual([]);
});
