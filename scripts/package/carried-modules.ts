import { cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

const require = createRequire(import.meta.url);
const folderOf = (name: string) => dirname(require.resolve(`${name}/package.json`));

/** Of Playwright: the trace viewer, types and the command, which Stint does not use. */
const unusedOfPlaywright = ['bin', 'types', 'cli.js', 'lib/vite'];

/**
 * Copies the packages that are beside the bundles (npm.ts installs them) into `folder`/node_modules,
 * as far as they run on this platform: Playwright, and keytar with one binary.
 */
export async function copyModules(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  const playwright = folderOf('playwright-core');
  const keytar = folderOf('keytar');
  const binary = join('prebuilds', `${process.platform}-${process.arch}`);
  await mkdir(join(modules, 'keytar', 'prebuilds'), { recursive: true });
  await Promise.all([
    cp(playwright, join(modules, 'playwright-core'), {
      recursive: true,
      filter: (path) =>
        !unusedOfPlaywright.includes(relative(playwright, path).replaceAll('\\', '/')),
    }),
    ...['package.json', 'LICENSE.md', 'lib', binary].map((name) =>
      cp(join(keytar, name), join(modules, 'keytar', name), { recursive: true }),
    ),
  ]);
}

/** The program and licence of the Node that npm installs beside Stint on this platform. */
export function carriedNode(): { readonly program: string; readonly licence: string } {
  const isWindows = process.platform === 'win32';
  const folder = folderOf(`node-${isWindows ? 'win' : process.platform}-${process.arch}`);
  return {
    program: join(folder, 'bin', isWindows ? 'node.exe' : 'node'),
    licence: join(folder, 'LICENSE'),
  };
}
