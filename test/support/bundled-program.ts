import { build } from 'esbuild';
import { basename, join } from 'node:path';
import { moduleProgram } from '../../scripts/programs.ts';

/**
 * Bundles a program that a test starts several times, into `folder`. From its sources it would be
 * compiled at each start, file by file, which takes seconds on a busy machine. Returns its path.
 */
export async function bundledProgram(source: string, folder: string): Promise<string> {
  const outfile = join(folder, basename(source, '.ts').concat('.mjs'));
  await build({ ...moduleProgram, entryPoints: [source], outfile });
  return outfile;
}
