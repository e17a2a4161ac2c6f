import { build } from 'esbuild';
import { cp, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Built } from '../../scripts/package/program-files.ts';
import { programsOf, root } from '../../scripts/programs.ts';

/** The version that follows the built one in tests of an upgrade. */
export const nextVersion = '0.1.1';

/** Builds the same sources as the next version, into `dist`. */
export async function buildNextVersion(dist: string): Promise<Built> {
  await cp(join(root, 'dist', 'window'), join(dist, 'window'), { recursive: true });
  for (const program of programsOf(nextVersion)) {
    const { outputFiles } = await build({ ...program, sourcemap: false });
    for (const { path, contents } of outputFiles) {
      await writeFile(join(dist, basename(path)), contents);
    }
  }
  return { version: nextVersion, dist };
}
