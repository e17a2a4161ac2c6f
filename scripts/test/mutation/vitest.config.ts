import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { chosenRoom } from './rooms.ts';

/* The tests of one room for Stryker, which starts no projects itself and runs one file at a time. */

export default defineConfig({
  root: join(import.meta.dirname, '..', '..', '..'),
  define: { STINT_VERSION: JSON.stringify('0.0.0-test'), STINT_RELEASES: 'null' },
  test: {
    include: [...chosenRoom().tests],
    // Stryker runs tests in threads, which cannot change the time zone of their process.
    testNamePattern: /^(?!.*daylight saving)/,
    setupFiles: ['scripts/test/mutation/quick-scrypt.ts'],
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
