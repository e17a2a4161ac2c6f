import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { compare, countsOf } from './baseline.ts';
import { findIn } from './find.ts';
import { compileRules, readVocabulary } from './vocabulary.ts';

/*
 * `npm run check:language`: fails where a banned word is used more often than `baseline.json` still
 * allows. With `--shrink` it takes from the baseline what is gone; with `--all` it lists every
 * finding. Paths after that narrow it to files that begin so.
 */

const root = join(import.meta.dirname, '..', '..');
const baselineFile = join(import.meta.dirname, 'baseline.json');
const folders = '{bin,docs,electron,practice-cloud,scripts,src,test}';
const checked = [
  `${folders}/**/*.{ts,js,mjs,cjs,html,css,md}`,
  '*.{md,js,ts}',
  '.github/**/*.{md,yml}',
];
// The first two are made from the routes, whose texts are checked there.
const skipped = ['src/client/openapi.ts', 'docs/api.md', 'test/fixtures/**', '**/node_modules/**'];

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const vocabulary = readVocabulary();
const rules = compileRules(vocabulary);
const paths = globSync(checked, { cwd: root, exclude: skipped })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => only.length === 0 || only.some((start) => path.startsWith(start)))
  .toSorted();
const findings = paths.flatMap((path) =>
  findIn(path, readFileSync(join(root, path), 'utf8'), rules, vocabulary),
);

const baseline = z
  .record(z.string(), z.record(z.string(), z.number()))
  .parse(JSON.parse(readFileSync(baselineFile, 'utf8')));
const { excess, smaller } = compare(countsOf(findings), baseline);
const shown = options.includes('--all')
  ? findings
  : findings.filter(({ path, word }) => excess.has(`${path}\n${word}`));

for (const { path, line, word, use, why } of shown) {
  const reason = why === undefined ? '' : ` (${why})`;
  console.log(`${path}:${String(line)}  “${word}” → ${use}${reason}`);
}
if (options.includes('--shrink'))
  writeFileSync(baselineFile, JSON.stringify(smaller, null, 1) + '\n');

console.log(
  `${String(findings.length)} banned words in ${String(paths.length)} files, ` +
    `${String(excess.size)} of them new`,
);
if (excess.size > 0) {
  console.log('The list is scripts/language/banned-words.json; CONTRIBUTING.md says how to write.');
  process.exitCode = 1;
}
