import type { BuildOptions, OutputFile } from 'esbuild';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
};

const everyProgram = {
  write: false,
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
} as const satisfies BuildOptions;

const commonJs = {
  ...everyProgram,
  format: 'cjs',
  define: {
    STINT_VERSION: JSON.stringify(version),
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
  // They load parts of their own from their own folders: a native one, browser scripts.
  external: ['keytar', 'playwright-core'] as string[],
} as const;

/** The programs that run on Node, each as one file in `dist/`. */
export const programs: readonly (BuildOptions & { write: false })[] = [
  {
    ...commonJs,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/stint.cjs',
    // Small, because SDKs run it all the time. What it answers itself opens no browser.
    external: [...commonJs.external, 'open'],
  },
  { ...commonJs, entryPoints: ['src/cli/all-commands.ts'], outfile: 'dist/all-commands.cjs' },
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
export async function replaceProgram({ path, contents }: OutputFile): Promise<void> {
  const written = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(written, contents);
  await rename(written, path);
}
