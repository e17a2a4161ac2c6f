import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/electron/runtime/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
