import { spawn } from 'node:child_process';
import { join } from 'node:path';

/*
 * `npm run test:campaign`: kills at every single step and tries properties ten times as often, which
 * takes a quarter of an hour or more. Arguments go to vitest, such as `--project faults`.
 */

const root = join(import.meta.dirname, '..', '..');
const given = process.argv.slice(2);
const projects = ['faults', 'unit', 'contract', 'integration'].flatMap((name) => [
  '--project',
  name,
]);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
spawn(process.execPath, [vitest, 'run', ...(given.length > 0 ? given : projects)], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, STINT_CAMPAIGN: '1' },
}).once('exit', (code) => {
  process.exitCode = code ?? 1;
});
