import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../programs.ts';
import { clientExports, copyClient } from './client-files.ts';
import { copyProgram, ownBuild, type Built } from './program-files.ts';

const run = promisify(execFile);

/** Everything else is inside the bundles. */
const besideTheBundles = ['playwright-core'];

/** Does without: on a platform for which it has no binary, its installer fails. */
const whereItInstalls = ['keytar'];

interface Manifest extends Readonly<Record<string, unknown>> {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/** Packs what is built as npm does, and returns the path of the tarball in the folder `out`. */
export async function packNpm(out: string, built: Built = ownBuild): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-npm-'));
  try {
    await copyProgram(folder, built);
    await copyClient(folder);
    await cp(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ ...published(manifest), version: built.version }, undefined, 2) + '\n',
    );
    await mkdir(out, { recursive: true });
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', out], {
      cwd: folder,
      shell: process.platform === 'win32',
    });
    const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[];
    if (packed === undefined) throw new Error(`npm pack names no file: ${stdout}`);
    return join(out, packed.filename);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The package.json of somebody who installs Stint. */
function published(manifest: Manifest): object {
  const { dependencies, optionalDependencies } = manifest;
  const kept = ['name', 'version', 'description', 'license', 'homepage', 'repository'];
  const technical = ['type', 'bin', 'engines'];
  const choose = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, dependencies[name]]));
  return {
    ...Object.fromEntries([...kept, ...technical].map((name) => [name, manifest[name]])),
    exports: clientExports,
    dependencies: choose(besideTheBundles),
    optionalDependencies: { ...optionalDependencies, ...choose(whereItInstalls) },
  };
}
