import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { commonJsProgram, root } from '../programs.ts';
import { carriedNode, copyModules } from './carried-modules.ts';
import { copyProgram, ownBuild, type Built } from './program-files.ts';

const run = promisify(execFile);

/** Where Node looks for its application (nodejs.org, "Single executable applications"). */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * Makes one executable of Node and what is built, and returns its path in the folder `out`. The
 * Node is the one that npm installs beside Stint; throws Error where there is none, as on macOS.
 */
export async function packSea(out: string, built: Built = ownBuild): Promise<string> {
  const { version } = built;
  const node = carriedNode();
  const folder = await mkdtemp(join(tmpdir(), 'stint-sea-'));
  try {
    const program = join(folder, 'program');
    await copyProgram(program, built);
    await copyModules(program);
    await copyFile(node.licence, join(program, 'NODE-LICENCE.txt'));
    const files = filesIn(program);
    const main = join(folder, 'main.cjs');
    await build({
      ...commonJsProgram(version),
      entryPoints: [join(root, 'src/cli/single-executable/main.ts')],
      outfile: main,
      define: {
        ...commonJsProgram(version).define,
        STINT_BUILD: JSON.stringify(`${version}-${await hashOf(program, files)}`),
      },
      minify: true,
    });
    const application = join(folder, 'application');
    const config = join(folder, 'config.json');
    await writeFile(
      config,
      JSON.stringify({
        main,
        output: application,
        disableExperimentalSEAWarning: true,
        assets: Object.fromEntries(files.map((file) => [file, join(program, file)])),
      }),
    );
    await run(node.program, ['--experimental-sea-config', config]);
    await mkdir(out, { recursive: true });
    const ending = process.platform === 'win32' ? '.exe' : '';
    const file = join(out, `stint-${version}-${process.platform}-${process.arch}${ending}`);
    await copyFile(node.program, file);
    await chmod(file, 0o755);
    const postject = createRequire(import.meta.url).resolve('postject/dist/cli.js');
    const words = ['NODE_SEA_BLOB', application, '--sentinel-fuse', fuse];
    await run(process.execPath, [postject, file, ...words], { maxBuffer: 2 ** 24 });
    return file;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** With slashes, sorted. */
function filesIn(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
    .toSorted();
}

async function hashOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}
