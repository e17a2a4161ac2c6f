import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { root } from '../programs.ts';

const run = promisify(execFile);

/** What package.json of the npm package says of it. */
export const clientExports = {
  './client': { types: './types/client/node/index.d.ts', default: './dist/client.mjs' },
  './package.json': './package.json',
};

/** Adds the JavaScript client to the folder of the npm package: one module, and its types. */
export async function copyClient(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/client/node/index.ts'],
    outfile: join(folder, 'dist', 'client.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '--build', 'tsconfig/client-node.json'], { cwd: root });
  const made = join(root, '.tsc', 'src');
  for (const file of globSync(['client/**/*.d.ts', 'models/problem.d.ts'], { cwd: made })) {
    const target = join(folder, 'types', file);
    await mkdir(dirname(target), { recursive: true });
    const text = await readFile(join(made, file), 'utf8');
    // A reader without `allowImportingTsExtensions` knows `.js` alone.
    await writeFile(
      target,
      text.replaceAll(/(from '[^']+)\.ts'/g, "$1.js'").replaceAll(/(from "[^"]+)\.ts"/g, '$1.js"'),
    );
  }
  await cp(join(root, 'openapi.json'), join(folder, 'openapi.json'));
}
