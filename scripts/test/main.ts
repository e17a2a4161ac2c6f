import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronRuntime } from '../electron-runtime.ts';
import { ensurePrerequisites } from './prerequisites.ts';

/*
 * `npm test`: everything that proves Stint on this machine, and a last line that counts.
 */

const bin = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function step(name: string, command: string, args: readonly string[]): boolean {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'not ok'}: ${name} (${seconds} s)`);
  return status === 0;
}

function runVitest(): { readonly passed: boolean; readonly counts: Counts } {
  const folder = mkdtempSync(join(tmpdir(), 'stint-tests-'));
  const report = join(folder, 'report.json');
  try {
    const passed = step('tests', join(bin, 'vitest'), [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
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

const node = process.execPath;
const checks = [
  step('build', node, ['scripts/build.ts']),
  step('types', join(bin, 'tsc'), ['--build']),
  step('lint', join(bin, 'eslint'), ['.', '--max-warnings', '0']),
  step('format', join(bin, 'prettier'), ['--check', '--log-level', 'warn', '.']),
  step('openapi.json and its types', node, ['scripts/openapi.ts', '--check']),
  step('the main job', node, ['scripts/demo/main.ts', '--check']),
];
const { passed, counts } = runVitest();
if (electronRuntime() === undefined) {
  console.log(
    '\nnot run: test/electron/runtime, which needs the Electron runtime (see its README)',
  );
} else {
  const suite = ['test', '--config', 'test/electron/runtime/playwright.config.ts'];
  checks.push(step('the desktop app in real Electron', join(bin, 'playwright'), suite));
}
const failedChecks = checks.filter((check) => !check).length;
const failed = counts.numFailedTests + failedChecks + (passed || counts.numFailedTests > 0 ? 0 : 1);
console.log(
  `tests: ${counts.numPassedTests + checks.length - failedChecks} passed, ${failed} failed, ` +
    `${counts.numPendingTests + counts.numTodoTests} skipped`,
);
process.exit(failed === 0 ? 0 : 1);
