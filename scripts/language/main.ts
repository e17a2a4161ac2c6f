import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { findIn } from './find.ts';
import { compileRules, readVocabulary } from './vocabulary.ts';

/*
 * `npm run check:language`: fails where a banned word is used. Paths narrow it to files that begin so.
 */

const root = join(import.meta.dirname, '..', '..');
const folders = '{bin,docs,electron,practice-cloud,scripts,src,test}';
const checked = [
  `${folders}/**/*.{ts,js,mjs,cjs,html,css,md}`,
  '*.{md,js,ts}',
  '.github/**/*.{md,yml}',
];
// The first two are made from the routes, whose texts are checked there.
const skipped = ['src/client/openapi.ts', 'docs/api.md', 'test/fixtures/**', '**/node_modules/**'];

const only = process.argv.slice(2);

const vocabulary = readVocabulary();
const rules = compileRules(vocabulary);
const paths = globSync(checked, { cwd: root, exclude: skipped })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => only.length === 0 || only.some((start) => path.startsWith(start)))
  .toSorted();
const findings = paths.flatMap((path) =>
  findIn(path, readFileSync(join(root, path), 'utf8'), rules, vocabulary),
);

for (const { path, line, word, use, why } of findings) {
  const reason = why === undefined ? '' : ` (${why})`;
  console.log(`${path}:${String(line)}  “${word}” → ${use}${reason}`);
}
console.log(`${String(findings.length)} banned words in ${String(paths.length)} files`);
if (findings.length > 0) {
  console.log('The list is scripts/language/banned-words.json; CONTRIBUTING.md says how to write.');
  process.exitCode = 1;
}
