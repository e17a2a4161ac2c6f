import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Builds the window's page into dist/window, from where every host serves it. */
export async function buildWindow(): Promise<void> {
  const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const args = [ng, 'build', 'window', '--progress=false'];
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false', CI: '1' };
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`The window could not be built:\n${stdout}${stderr}`));
    });
  });
}

if (import.meta.main) await buildWindow();
