import { build } from 'esbuild';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { commonJsProgram, root, version as packageVersion } from './programs.ts';

/** Left to the runtime and to node_modules: Electron itself, and what cannot be bundled. */
const external = ['electron', 'electron/*', 'keytar'];

/**
 * Bundles the desktop app's main process and preload into dist/electron. Both are CommonJS: a
 * sandboxed preload has to be, and the main process registers its scheme before the runtime is ready.
 * `out` and `version` are for tests of one version beside another.
 */
export async function buildElectron(
  options: { readonly out?: string; readonly version?: string } = {},
): Promise<void> {
  const { out = join(root, 'dist', 'electron'), version = packageVersion } = options;
  await Promise.all([
    build({
      ...commonJsProgram(version),
      entryPoints: [join(root, 'electron', 'main.ts')],
      outfile: join(out, 'main.cjs'),
      external,
    }),
    build({
      entryPoints: [join(root, 'electron', 'preload.ts')],
      outfile: join(out, 'preload.cjs'),
      bundle: true,
      platform: 'browser',
      target: 'chrome140',
      format: 'cjs',
      external,
      logLevel: 'warning',
    }),
    cp(join(root, 'electron', 'icons'), join(out, 'icons'), { recursive: true }),
  ]);
}

if (import.meta.main) await buildElectron();
