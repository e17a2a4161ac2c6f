import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chosenRoom } from './rooms.ts';

/*
 * `npm run test:mutation -- ROOM`: changes the code of a room in many small ways, one at a time, and runs its tests on
 * each; a change that no test notices survives and is printed. The last lines are the score of each file. What was
 * tried before is in test-results/mutation, so that only what changed is tried again; `--again` starts over, and
 * `--files GLOB` takes some of the files.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'string' }, again: { type: 'boolean', default: false } },
});
const [room = ''] = positionals;
const root = join(import.meta.dirname, '..', '..', '..');
const globs = values.files === undefined ? chosenRoom(room).mutate : [values.files];
// Stryker would split a glob at the commas within its braces.
const mutate = globSync(globs, { cwd: root });
if (mutate.length === 0) throw new Error(`No file is ${globs.join(' or ')}.`);
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'),
    'run',
    '--incremental',
    ...(values.again ? ['--force'] : []),
    '--mutate',
    mutate.join(','),
  ],
  { stdio: 'inherit', cwd: root, env: { ...process.env, STINT_MUTATION_ROOM: room } },
);
process.exitCode = status ?? 1;
