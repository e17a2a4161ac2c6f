/* For `npm run test:mutation -- ROOM`, which says what is changed; docs/mutation.md says what it found. */

const results = `test-results/mutation/${process.env['STINT_MUTATION_ROOM'] ?? 'all'}`;

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'scripts/test/mutation/vitest.config.ts', related: false },
  // Texts: whether each is right is for readers, and what they decide is a change elsewhere, too.
  mutator: { excludedMutations: ['StringLiteral'] },
  // What runs once when a file is loaded, such as schemas, would need every test of the room.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: `${results}.json` },
  incrementalFile: `${results}.incremental.json`,
  tempDirName: 'test-results/stryker',
  ignorePatterns: ['/dist', '/out', '/.tsc', '/.angular', '/test-results', '/coverage'],
  timeoutMS: 5_000,
};
