import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Builds the window's page into dist/window, from where every host serves it. */
export function buildWindow(): void {
  const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [ng, 'build', 'window', '--progress=false'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NG_CLI_ANALYTICS: 'false', CI: '1' } },
  );
  if (status !== 0) throw new Error(`The window could not be built:\n${stdout}${stderr}`);
}

if (import.meta.main) buildWindow();
