import { defineConfig } from 'vitest/config';

/** The kinds of tests, each with a script `npm run test:KIND`; test/README.md says what they are. */
const kinds: Readonly<Record<string, string>> = {
  unit: 'test/unit',
  contract: 'test/contract',
  integration: 'test/integration',
  'practice-cloud': 'test/practice-cloud',
  faults: 'test/faults',
  attack: 'test/attack',
  e2e: 'test/e2e/{agent,cli,sign-in}',
  window: 'test/e2e/window',
  electron: 'test/electron',
  packages: 'test/packages',
};

/** The kinds whose tests start no program of ours: they share what their worker has loaded. */
const inProcess: ReadonlySet<string> = new Set([
  'unit',
  'contract',
  'integration',
  'practice-cloud',
]);

export default defineConfig({
  // What the build puts into its bundles.
  define: { STINT_VERSION: JSON.stringify('0.0.0-test'), STINT_RELEASES: JSON.stringify('null') },
  test: {
    // One more than the cores of the smallest machine: tests wait much of their time for other processes.
    maxWorkers: 3,
    projects: Object.entries(kinds).map(([name, folder]) => ({
      extends: true,
      test: {
        name,
        include: [`${folder}/**/*.test.ts`],
        // Loading Stint and the SDKs once more takes longer than most of these files.
        isolate: !inProcess.has(name),
        // Only for tests that hang: a busy machine may take several times as long as usual.
        testTimeout: 300_000,
        hookTimeout: 300_000,
        expect: { poll: { timeout: 120_000 } },
      },
    })),
  },
});
