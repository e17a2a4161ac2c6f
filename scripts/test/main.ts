import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronRuntime } from '../electron-runtime.ts';
import { installOptionalPrograms, notRunSentences } from './optional-programs.ts';
import { ensurePrerequisites } from './prerequisites.ts';
import { run, runEach, type Step } from './step.ts';

/*
 * `npm test`: everything that proves Stint on this machine, and a last line that counts.
 *
 * Tests wait a good part of their time for other processes; the checks of the sources use it.
 */

const bin = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');
const node = process.execPath;
const tool = (name: string, command: string, ...args: readonly string[]): Step => ({
  name,
  command: join(bin, command),
  args,
});
const script = (name: string, ...args: readonly string[]): Step => ({ name, command: node, args });

const lintCache = ['--cache', '--cache-strategy', 'content', '--cache-location', '.tsc/eslint'];
const checksOfSources: readonly Step[] = [
  tool('types', 'tsc', '--build'),
  script('openapi.json and its types', 'scripts/openapi.ts', '--check'),
  script('language', 'scripts/language/main.ts'),
  tool('unused code and dependencies', 'knip', '--no-progress'),
  tool('format', 'prettier', '--check', '--log-level', 'warn', '.'),
  tool('lint', 'eslint', '.', '--max-warnings', '0', ...lintCache),
];

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

async function runVitest(): Promise<{ readonly passed: boolean; readonly counts: Counts }> {
  const folder = mkdtempSync(join(tmpdir(), 'stint-tests-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const passed = await run(tool('tests', 'vitest', 'run', ...reporters));
    return { passed, counts: readCounts(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A runner that died has left no report: then only its own failure counts. */
function readCounts(report: string): Counts {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Counts;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

const missing = ensurePrerequisites();
if (missing.length > 0) {
  for (const sentence of missing) console.error(sentence);
  process.exit(1);
}

installOptionalPrograms();

const built = await run(script('build', 'scripts/build.ts'));
const checking = runEach(checksOfSources, { inBackground: true });
const { passed, counts } = await runVitest();
const checks = [built, ...(await checking)];
checks.push(await run(script('the main job', 'scripts/demo/main.ts', '--check')));
for (const sentence of notRunSentences()) console.log(`\n${sentence}`);
if (electronRuntime() === undefined) {
  console.log(
    '\nnot run: test/electron/runtime, which needs the Electron runtime (see its README)',
  );
} else {
  const suite = ['test', '--config', 'test/electron/runtime/playwright.config.ts'];
  checks.push(await run(tool('the desktop app in real Electron', 'playwright', ...suite)));
}
const failedChecks = checks.filter((check) => !check).length;
const failed = counts.numFailedTests + failedChecks + (passed || counts.numFailedTests > 0 ? 0 : 1);
console.log(
  `tests: ${counts.numPassedTests + checks.length - failedChecks} passed, ${failed} failed, ` +
    `${counts.numPendingTests + counts.numTodoTests} skipped`,
);
process.exit(failed === 0 ? 0 : 1);
