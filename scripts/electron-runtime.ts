import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the `electron` package lies; it is asked by its files, for importing it would download. */
export const electronPackage = join(import.meta.dirname, '..', 'node_modules', 'electron');

/**
 * The Electron program, where it is there: `path.txt` names it, it lies under `dist/`, and
 * `dist/version` is the package's own version (the package's index.js checks the same). A folder in
 * ELECTRON_OVERRIDE_DIST_PATH counts where it holds the program and the right version.
 */
export function electronRuntime(
  options: { readonly folder?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string | undefined {
  const { folder = electronPackage, env = process.env } = options;
  const wanted = versionOf(folder);
  if (wanted === undefined) return undefined;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const dist = override ?? join(folder, 'dist');
  const named =
    readText(join(folder, 'path.txt')) ?? (override === undefined ? undefined : usual());
  if (named === undefined) return undefined;
  const program = join(dist, named);
  const version = readText(join(dist, 'version'))?.trim().replace(/^v/, '');
  return version === wanted && existsSync(program) ? program : undefined;
}

function versionOf(folder: string): string | undefined {
  const text = readText(join(folder, 'package.json'));
  return text === undefined ? undefined : (JSON.parse(text) as { version: string }).version;
}

/** The program's place in a runtime folder, per platform (electron's install.js). */
function usual(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
