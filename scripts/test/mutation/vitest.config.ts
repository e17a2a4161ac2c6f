import { statSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chosenRoom } from './rooms.ts';

/* The tests of one room for Stryker, which starts no projects itself and runs one file at a time. */

/** A user's file counts as quiet after 30 ms instead of 300, which most tests of delivery wait for several times. */
const quickQuiet = {
  name: 'quick-quiet',
  transform: (code: string, id: string) =>
    id.endsWith('user-file/quiet.ts')
      ? code.replace('quietAfter = 300', 'quietAfter = 30')
      : undefined,
};

/** The first test that fails ends a try, and small files of tests are quick ones. */
class SmallestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const size = ({ moduleId }: TestSpecification) => statSync(moduleId).size;
    return Promise.resolve(files.toSorted((a, b) => size(a) - size(b)));
  }
}

export default defineConfig({
  plugins: [quickQuiet],
  root: join(import.meta.dirname, '..', '..', '..'),
  define: { STINT_VERSION: JSON.stringify('0.0.0-test'), STINT_RELEASES: 'null' },
  test: {
    include: [...chosenRoom().tests],
    // Stryker runs tests in threads, which cannot change the time zone of their process.
    testNamePattern: /^(?!.*daylight saving)/,
    setupFiles: ['scripts/test/mutation/quick-scrypt.ts'],
    isolate: false,
    sequence: { sequencer: SmallestFirst },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
