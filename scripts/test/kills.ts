import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * `npm run test:kills -- --kills 1000`: kills agents at random steps until they are that many, and continues where it
 * was interrupted; `--again` starts over, `--seed N` repeats one seed. What was killed where is in
 * test-results/kills.log, one line for each seed.
 */

const root = join(import.meta.dirname, '..', '..');
const log = join(root, 'test-results', 'kills.log');
/** How many seeds one run of the tests tries. */
const batch = 20;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    again: { type: 'boolean', default: false },
  },
});

interface Done {
  readonly seed: number;
  readonly kills: readonly string[];
}

function done(): readonly Done[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Done);
}

/** Whether all of them passed. */
function passes(first: number, last: number): boolean {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const tests = ['run', '--project', 'faults', 'test/faults/random-kills.test.ts', '--bail', '1'];
  const { status } = spawnSync(process.execPath, [vitest, ...tests], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, STINT_KILL_SEEDS: `${first}-${last}`, STINT_KILL_LOG: log },
  });
  return status === 0;
}

mkdirSync(join(root, 'test-results'), { recursive: true });
if (values.again) rmSync(log, { force: true });
let ok = true;
if (values.seed === undefined) {
  const killed = () => done().reduce((sum, { kills }) => sum + kills.length, 0);
  while (ok && killed() < Number(values.kills)) {
    const next = 1 + Math.max(0, ...done().map(({ seed }) => seed));
    ok = passes(next, next + batch - 1);
    console.log(`${killed()} kills of ${values.kills}, ${done().length} seeds`);
  }
} else {
  ok = passes(Number(values.seed), Number(values.seed));
}
process.exitCode = ok ? 0 : 1;
