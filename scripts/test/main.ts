import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { electronRuntime } from '../electron-runtime.ts';
import { installOptionalPrograms, notRunSentences } from './optional-programs.ts';
import { ensurePrerequisites } from './prerequisites.ts';
import { run, runEach, type Step } from './step.ts';

/*
 * `npm test`: everything that proves Stint on this machine, and a last line that counts.
 *
 * Tests wait a good part of their time for other processes; the checks of the sources use it.
 */

const root = join(import.meta.dirname, '..', '..');
const bin = join(root, 'node_modules', '.bin');
const node = process.execPath;
const tool = (name: string, command: string, ...args: readonly string[]): Step => ({
  name,
  command: join(bin, command),
  args,
});
const script = (name: string, ...args: readonly string[]): Step => ({ name, command: node, args });

const checksOfSources: readonly Step[] = [
  tool('types', 'tsc', '--build'),
  script('openapi.json and its types', 'scripts/openapi.ts', '--check'),
  script('language', 'scripts/language/main.ts'),
  tool('unused code and dependencies', 'knip', '--no-progress'),
  tool('format', 'prettier', '--check', '--log-level', 'warn', '.'),
  tool('lint with types', 'oxlint', '--type-aware', '--deny-warnings', '.'),
  tool('lint', 'eslint', '.', '--max-warnings', '0'),
];

/** What this run reads of the report that Vitest writes as JSON. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages: readonly string[];
  }[];
}

async function runVitest(): Promise<{ readonly passed: boolean; readonly report: Report }> {
  const folder = mkdtempSync(join(tmpdir(), 'stint-tests-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const passed = await run(tool('tests', 'vitest', 'run', ...reporters));
    return { passed, report: readReport(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A runner that died has left no report: then only its own failure counts. */
function readReport(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch {
    const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    return { ...none, testResults: [] };
  }
}

/** Each test that failed with the first lines of its reason, and each file that could not be run. */
function failuresOf({ testResults }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${file}\n${beginningOf(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) =>
        `${file} > ${fullName}\n${beginningOf(failureMessages.join('\n'))}`,
    );
  });
}

function beginningOf(message: string): string {
  return message.split('\n').slice(0, 12).join('\n');
}

const missing = ensurePrerequisites();
if (missing.length > 0) {
  for (const sentence of missing) console.error(sentence);
  process.exit(1);
}

installOptionalPrograms();

const built = await run(script('build', 'scripts/build.ts'));
const checking = runEach(checksOfSources, { inBackground: true });
const { passed, report } = await runVitest();
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
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
const failed = numFailedTests + failedChecks + (passed || numFailedTests > 0 ? 0 : 1);
// Again at the end, where the reader of a log of some thousand lines begins.
for (const failure of failuresOf(report)) console.log(`\nfailed: ${failure}`);
console.log(
  `tests: ${numPassedTests + checks.length - failedChecks} passed, ${failed} failed, ` +
    `${numPendingTests + numTodoTests} skipped`,
);
process.exit(failed === 0 ? 0 : 1);
