import { build } from 'esbuild';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

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
  const { out = join(root, 'dist', 'electron'), version = await packageVersion() } = options;
  await Promise.all([
    build({
      entryPoints: [join(root, 'electron', 'main.ts')],
      outfile: join(out, 'main.cjs'),
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      external,
      define: { STINT_VERSION: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
      // Its `main` is UMD, whose requires esbuild cannot follow.
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      logLevel: 'warning',
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

async function packageVersion(): Promise<string> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

if (import.meta.main) await buildElectron();
