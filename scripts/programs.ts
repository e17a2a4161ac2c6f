import type { BuildOptions, OutputFile, Plugin } from 'esbuild';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asciiPrograms } from './ascii-programs.ts';
import { englishSchemas } from './english-schemas.ts';
import { feedOf, helpOf, type ReleaseManifest } from './package/release-feed.ts';
import { sdkPrograms, sdksApart } from './sdk-programs.ts';
import { readCompletions } from '../src/cli/completion/read-commands.ts';

export const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(
  await readFile(join(root, 'package.json'), 'utf8'),
) as ReleaseManifest & {
  readonly version: string;
};
export const { version } = manifest;

const nodeProgram = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
  // Its `main` is UMD, whose requires esbuild cannot follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [englishSchemas, asciiPrograms] as Plugin[],
} as const satisfies BuildOptions;

/** How a program that runs on Node is bundled as CommonJS, in the given version. */
export function commonJsProgram(programVersion: string) {
  return {
    ...nodeProgram,
    format: 'cjs',
    define: {
      STINT_VERSION: JSON.stringify(programVersion),
      // As text: esbuild wraps every module of a bundle for a constant that is an object.
      STINT_RELEASES: JSON.stringify(JSON.stringify(feedOf(manifest) ?? null)),
      STINT_HELP: JSON.stringify(JSON.stringify(helpOf(manifest))),
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    // They load parts of their own from their own folders: a native one, browser scripts.
    external: ['keytar', 'playwright-core'] as string[],
  } as const satisfies BuildOptions;
}

/** How a program that runs on Node is bundled as a module. */
export const moduleProgram = {
  ...nodeProgram,
  format: 'esm',
  // CommonJS packages require Node's modules, which a bundle in module form can do only so.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
} as const satisfies BuildOptions;

/** The esbuild options of what goes into `dist/`. */
const built = {
  write: false,
  minifySyntax: true,
  sourcemap: 'linked',
  legalComments: 'none',
} as const satisfies BuildOptions;

/**
 * Of the large ones: without blanks they are read and compiled sooner. In short lines, so that a stack
 * still says where; names stay.
 */
const withoutBlanks = { minifyWhitespace: true, lineLimit: 160 } as const satisfies BuildOptions;

/** The programs of the command and the agent in the given version, each as one file in `dist/`. */
export function programsOf(programVersion: string): readonly (BuildOptions & { write: false })[] {
  const commonJs = { ...commonJsProgram(programVersion), ...built };
  return [
    // Small, because SDKs run it all the time.
    { ...commonJs, entryPoints: ['src/cli/main.ts'], outfile: 'dist/stint.cjs', minify: true },
    {
      ...commonJs,
      entryPoints: ['src/cli/completion/complete-at-once.ts'],
      outfile: 'dist/complete.cjs',
      minify: true,
      define: { ...commonJs.define, STINT_COMPLETIONS: JSON.stringify(readCompletions()) },
    },
    {
      ...commonJs,
      entryPoints: ['src/cli/sessions/list-at-once.ts'],
      outfile: 'dist/session-list.cjs',
      minify: true,
    },
    {
      ...commonJs,
      ...withoutBlanks,
      entryPoints: ['src/cli/all-commands.ts'],
      outfile: 'dist/all-commands.cjs',
    },
    {
      ...commonJs,
      ...withoutBlanks,
      plugins: [...commonJs.plugins, sdksApart],
      entryPoints: ['src/agent/main.ts'],
      outfile: 'dist/agent.cjs',
    },
    ...sdkPrograms({ ...commonJs, ...withoutBlanks }),
    {
      ...commonJs,
      entryPoints: ['src/services/vault/keychain-child.ts'],
      outfile: 'dist/keychain-child.cjs',
    },
    { ...commonJs, entryPoints: ['src/browser/remove-page.ts'], outfile: 'dist/remove-page.cjs' },
  ];
}

/** The programs that run on Node, each as one file in `dist/`. */
export const programs: readonly (BuildOptions & { write: false })[] = [
  ...programsOf(version),
  {
    ...moduleProgram,
    ...built,
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
