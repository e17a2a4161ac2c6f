import { build, Platform, type Configuration } from 'electron-builder';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../../programs.ts';
import { carriedNode, copyModules } from '../carried-modules.ts';
import { copyProgram } from '../program-files.ts';
import { builderConfig } from './builder-config.ts';

interface Manifest {
  readonly author?: string;
  readonly devDependencies: { readonly electron: string };
}

export interface DesktopOptions {
  /** The folder as which electron-builder takes Electron's runtime; it fetches that if omitted. */
  readonly runtime?: string;
  /** Stops after the folder from which the packages are made. */
  readonly folderOnly?: boolean;
}

/**
 * Makes the desktop packages of this system in the folder `out`, and returns the folder. They carry a
 * Node of their own. Throws what electron-builder throws, such as where Electron cannot be fetched.
 */
export async function packDesktop(
  out: string,
  { runtime, folderOnly = false }: DesktopOptions = {},
): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'stint-desktop-'));
  try {
    const [program, node] = [join(scratch, 'program'), join(scratch, 'node')];
    await copyProgram(program);
    await copyModules(program);
    await mkdir(node);
    // macOS alone has no Node at npm: there, it is the one that runs this script.
    const own =
      process.platform === 'darwin'
        ? { program: process.execPath, licence: join(root, 'LICENSE') }
        : carriedNode();
    const carried = join(node, basename(own.program));
    await copyFile(own.program, carried);
    await chmod(carried, 0o755);
    await copyFile(own.licence, join(node, 'LICENSE'));
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
    const config: Configuration = {
      ...builderConfig({
        program,
        node,
        out: join(out, 'desktop'),
        electronVersion: manifest.devDependencies.electron,
        author: manifest.author ?? 'The Stint authors <stint@localhost>',
      }),
      ...(runtime === undefined ? {} : { electronDist: runtime }),
    };
    const targets = Platform.current().createTarget(folderOnly ? 'dir' : undefined);
    await build({ config, targets, projectDir: root });
    return join(out, 'desktop');
  } finally {
    await rm(scratch, { recursive: true });
  }
}
