import { defineConfig } from 'vitest/config';

export default defineConfig({
  // What the build puts into its bundles.
  define: { STINT_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/electron/runtime/**'],
    // Most of them wait for other processes.
    maxWorkers: 2,
    // In CI the machine may be busy with a browser, az or an SDK; what fails twice has failed.
    retry: process.env['CI'] === undefined ? 0 : 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
