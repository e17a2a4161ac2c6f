import { build, type BuildOptions } from 'esbuild';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildElectron } from './build-electron.ts';
import { buildWindow } from './build-window.ts';

/*
 * `npm run build`: the programs that run on Node, each as one file in `dist/`, the desktop app and
 * the window. CommonJS where starting fast counts: an ESM import of `node:http` alone costs 20 ms.
 */

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
};

const everyProgram: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  // Its `main` is UMD, whose requires esbuild cannot follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

const commonJs: BuildOptions = {
  ...everyProgram,
  format: 'cjs',
  define: {
    STINT_VERSION: JSON.stringify(version),
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
  // They load parts of their own from their own folders: a native one, browser scripts.
  external: ['keytar', 'playwright-core'],
};

const programs: readonly BuildOptions[] = [
  { ...commonJs, entryPoints: ['src/cli/main.ts'], outfile: 'dist/stint.cjs' },
  { ...commonJs, entryPoints: ['src/agent/main.ts'], outfile: 'dist/agent.cjs' },
  {
    ...commonJs,
    entryPoints: ['src/services/vault/keychain-child.ts'],
    outfile: 'dist/keychain-child.cjs',
  },
  {
    ...everyProgram,
    format: 'esm',
    // xml-crypto requires Node's modules, which a bundle in module form can do only so.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    entryPoints: ['practice-cloud/main.ts'],
    outfile: 'dist/practice-cloud.mjs',
  },
];

/** A program started meanwhile finds the old bundle or the new one, never half of one. */
async function replace(path: string, contents: Uint8Array): Promise<void> {
  const written = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(written, contents);
  await rename(written, path);
}

await Promise.all([
  buildWindow(),
  buildElectron({ version }),
  ...programs.map(async (program) => {
    const { outputFiles } = await build({ ...program, write: false });
    await Promise.all(outputFiles.map(({ path, contents }) => replace(path, contents)));
  }),
]);
if (process.platform !== 'win32') await chmod(join(root, 'bin', 'stint.js'), 0o755);
