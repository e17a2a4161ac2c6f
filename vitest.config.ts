import { defineConfig } from 'vitest/config';

/** The kinds of tests, each with a script `npm run test:KIND`; test/README.md says what they are. */
const kinds: Readonly<Record<string, string>> = {
  unit: 'test/unit',
  contract: 'test/contract',
  integration: 'test/integration',
  'practice-cloud': 'test/practice-cloud',
  faults: 'test/faults',
  e2e: 'test/e2e/{agent,cli,sign-in}',
  window: 'test/e2e/window',
  electron: 'test/electron',
};

export default defineConfig({
  // What the build puts into its bundles.
  define: { STINT_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    maxWorkers: 2,
    projects: Object.entries(kinds).map(([name, folder]) => ({
      extends: true,
      test: {
        name,
        include: [`${folder}/**/*.test.ts`],
        testTimeout: 30_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
